package dev.heddle.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.heddle.http.Header;
import dev.heddle.http.RequestHead;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A client's request for a WebSocket, as a service sees it: the body of `connect`. A header that
/// is not listed is not in it. Since it is the body, no header of a client becomes one of the
/// request that the service gets.
///
/// @param path that the client has dialled
/// @param query behind it, as sent; `null` if there is none
/// @param subprotocols that it offers
/// @param headers of its request, by their names in lower case
@JsonInclude(JsonInclude.Include.NON_NULL)
record ConnectRequest(
        String path,
        @Nullable String query,
        List<String> subprotocols,
        Map<String, String> headers) {

    /// @param listed the headers that the service may see, by their names in lower case
    static ConnectRequest of(RequestHead head, List<String> listed) {
        Map<String, String> headers = new TreeMap<>();
        for (String name : listed) {
            String value = head.header(header(name));
            if (value != null) {
                headers.put(name, value);
            }
        }
        return new ConnectRequest(
                head.path(),
                head.query(),
                head.tokens(Header.SEC_WEBSOCKET_PROTOCOL).orElse(List.of()),
                headers);
    }

    private static Header header(String name) {
        return Header.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
