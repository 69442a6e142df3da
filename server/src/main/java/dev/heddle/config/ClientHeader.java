package dev.heddle.config;

/// In which header proxies say for whom a request is. The other one is not read: a proxy passes it
/// on as the client has made it up.
public enum ClientHeader {
    /// What most proxies send, with `X-Forwarded-Proto`.
    X_FORWARDED_FOR,
    /// RFC 7239.
    FORWARDED
}
