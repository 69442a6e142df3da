package dev.heddle.deflate;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// An offer of permessage-deflate that can be accepted, and the answer to it (RFC 7692, section
/// 7.1). Pure, and takes time in proportion to the header's length.
///
/// An offer that is not valid, or cannot be honoured, is declined and the next one looked at. The
/// answer has no parameter that was not offered: some clients fail at one.
///
/// @param answer value of the response's `Sec-WebSocket-Extensions`
public record Offer(Agreement agreement, String answer) {
    private static final String NAME = "permessage-deflate";

    /// Clients are asked for this window where they let the server choose, since the server keeps
    /// as much of what each of them has sent.
    private static final int CLIENT_BITS = 12;

    /// The parameters, in the order in which they are answered.
    private enum Parameter {
        SERVER_NO_CONTEXT_TAKEOVER(false, true),
        CLIENT_NO_CONTEXT_TAKEOVER(false, true),
        SERVER_MAX_WINDOW_BITS(true, false),
        CLIENT_MAX_WINDOW_BITS(true, true);

        private final boolean mayHaveValue;
        private final boolean mayLackValue;

        Parameter(boolean mayHaveValue, boolean mayLackValue) {
            this.mayHaveValue = mayHaveValue;
            this.mayLackValue = mayLackValue;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// @param value empty if there is none
        boolean takes(String value) {
            return value.isEmpty() ? mayLackValue : mayHaveValue && isWindow(value);
        }

        private boolean isWindow(String value) {
            boolean isTooSmall = this == SERVER_MAX_WINDOW_BITS && value.equals("8");
            return value.matches("[89]|1[0-5]") && !isTooSmall;
        }

        static @Nullable Parameter named(String name) {
            for (Parameter parameter : values()) {
                if (parameter.text().equals(name)) {
                    return parameter;
                }
            }
            return null;
        }
    }

    /// The first of a client's offers that can be accepted.
    ///
    /// @param offers value of the request's `Sec-WebSocket-Extensions`
    static Optional<Offer> firstAcceptable(String offers) {
        return split(offers, ',').stream().map(Offer::accept).flatMap(Optional::stream).findFirst();
    }

    private static Optional<Offer> accept(String offer) {
        List<String> parts = split(offer, ';');
        if (!parts.getFirst().equals(NAME)) {
            return Optional.empty();
        }
        Map<Parameter, String> parameters = new EnumMap<>(Parameter.class);
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            Parameter parameter = Parameter.named(equals < 0 ? part : part.substring(0, equals));
            String value = equals < 0 ? "" : unquoted(part.substring(equals + 1));
            boolean isEmptyValue = equals >= 0 && value.isEmpty();
            if (parameter == null
                    || isEmptyValue
                    || !parameter.takes(value)
                    || parameters.put(parameter, value) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(of(parameters));
    }

    private static Offer of(Map<Parameter, String> parameters) {
        int serverBits = bits(parameters.get(Parameter.SERVER_MAX_WINDOW_BITS), Agreement.MAX_BITS);
        int clientBits = Agreement.MAX_BITS;
        if (parameters.containsKey(Parameter.CLIENT_MAX_WINDOW_BITS)) {
            String most = parameters.get(Parameter.CLIENT_MAX_WINDOW_BITS);
            clientBits = Math.min(bits(most, Agreement.MAX_BITS), CLIENT_BITS);
        }
        StringBuilder answer = new StringBuilder(NAME);
        for (Parameter parameter : parameters.keySet()) {
            answer.append("; ").append(parameter.text());
            switch (parameter) {
                case SERVER_MAX_WINDOW_BITS -> answer.append('=').append(serverBits);
                case CLIENT_MAX_WINDOW_BITS -> answer.append('=').append(clientBits);
                case SERVER_NO_CONTEXT_TAKEOVER, CLIENT_NO_CONTEXT_TAKEOVER -> {}
            }
        }
        return new Offer(new Agreement(serverBits, clientBits), answer.toString());
    }

    private static int bits(@Nullable String value, int otherwise) {
        return value == null || value.isEmpty() ? otherwise : Integer.parseInt(value);
    }

    /// The content of a quoted value (RFC 6455, section 9.1). A value that is quoted wrongly stays
    /// as it is, and no parameter takes it.
    private static String unquoted(String value) {
        boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return isQuoted ? value.substring(1, value.length() - 1).replace("\\", "") : value;
    }

    /// The parts of a list, without surrounding white space; a separator in quotes is none.
    private static List<String> split(String list, char separator) {
        List<String> parts = new ArrayList<>();
        boolean isQuoted = false;
        int from = 0;
        for (int i = 0; i < list.length(); i++) {
            char at = list.charAt(i);
            if (at == '"') {
                isQuoted = !isQuoted;
            } else if (at == '\\' && isQuoted) {
                i++;
            } else if (at == separator && !isQuoted) {
                parts.add(list.substring(from, i).strip());
                from = i + 1;
            }
        }
        parts.add(list.substring(from).strip());
        return parts;
    }
}
