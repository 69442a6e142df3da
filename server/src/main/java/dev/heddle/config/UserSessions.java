package dev.heddle.config;

/// What becomes of a user's earlier connections when the user logs in to the same room again.
public enum UserSessions {
    /// They stay, and each gets what is sent to the user.
    MANY,
    /// They are ended: the newest takes over.
    TAKEOVER
}
