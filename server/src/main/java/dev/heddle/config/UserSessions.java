package dev.heddle.config;

/// The fate of a user's earlier connections when the user logs in to the same room again.
public enum UserSessions {
    /// Earlier connections stay, and each gets the user's messages.
    MANY,
    /// Earlier connections are ended: the newest takes over.
    TAKEOVER
}
