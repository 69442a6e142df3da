package dev.heddle.config;

/// The header in which proxies name the client of a request. The other one is not read: a proxy
/// passes it on as the client has made it up.
public enum ClientHeader {
    /// The header that most proxies send, with `X-Forwarded-Proto`.
    X_FORWARDED_FOR,
    /// RFC 7239.
    FORWARDED
}
