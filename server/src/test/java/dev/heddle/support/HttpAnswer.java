package dev.heddle.support;

import java.util.List;

/// An HTTP/1.1 response as [RawClient] reads it.
///
/// @param status the status code
/// @param headers header lines in their order, as they came
/// @param body the body, each byte one character
public record HttpAnswer(int status, List<Header> headers, String body) {
    /// One header line.
    public record Header(String name, String value) {}

    public HttpAnswer {
        headers = List.copyOf(headers);
    }

    /// The values of all header lines with this name, whatever its case, joined with `, `; empty
    /// when there is none.
    public String header(String name) {
        return String.join(
                ", ",
                headers.stream()
                        .filter(header -> header.name().equalsIgnoreCase(name))
                        .map(Header::value)
                        .toList());
    }
}
