package dev.heddle.http;

import org.jspecify.annotations.Nullable;

/// The header fields that Heddle looks at; all others are checked for syntax and skipped.
public enum Header {
    HOST("host", false),
    ORIGIN("origin", false),
    CONNECTION("connection", true),
    UPGRADE("upgrade", true),
    CONTENT_LENGTH("content-length", false),
    TRANSFER_ENCODING("transfer-encoding", true),
    SEC_WEBSOCKET_KEY("sec-websocket-key", false),
    SEC_WEBSOCKET_EXTENSIONS("sec-websocket-extensions", true),
    SEC_WEBSOCKET_VERSION("sec-websocket-version", true),
    SEC_WEBSOCKET_PROTOCOL("sec-websocket-protocol", true),
    ACCEPT_LANGUAGE("accept-language", true),
    COOKIE("cookie", true),
    USER_AGENT("user-agent", true),
    ACCESS_CONTROL_REQUEST_METHOD("access-control-request-method", true),
    AUTHORIZATION("authorization", true),
    CONTENT_TYPE("content-type", true),
    EXPECT("expect", true),
    SEC_FETCH_DEST("sec-fetch-dest", true),
    SEC_FETCH_MODE("sec-fetch-mode", true),
    SEC_FETCH_SITE("sec-fetch-site", true),
    X_API_KEY("x-api-key", true),
    FORWARDED("forwarded", true),
    X_FORWARDED_FOR("x-forwarded-for", true),
    X_FORWARDED_PROTO("x-forwarded-proto", true);

    private static final Header[] ALL = values();

    private final String lowerCaseName;
    private final boolean list;

    Header(String lowerCaseName, boolean list) {
        this.lowerCaseName = lowerCaseName;
        this.list = list;
    }

    /// Whether it may be repeated: its value is then the lines joined by [#separator].
    boolean isList() {
        return list;
    }

    /// The text between lines that are joined (RFC 9110, section 5.3; RFC 9113, section 8.2.3).
    String separator() {
        return this == COOKIE ? "; " : ", ";
    }

    /// The header with the name `bytes[from, to)` in any case, or `null` if it is none of ours.
    static @Nullable Header named(byte[] bytes, int from, int to) {
        for (Header header : ALL) {
            if (header.lowerCaseName.length() == to - from && header.isNamed(bytes, from)) {
                return header;
            }
        }
        return null;
    }

    private boolean isNamed(byte[] bytes, int from) {
        for (int i = 0; i < lowerCaseName.length(); i++) {
            int value = bytes[from + i];
            int lower = value >= 'A' && value <= 'Z' ? value | 0x20 : value;
            if (lower != lowerCaseName.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
