package dev.heddle.command;

/// The language of standard texts.
public enum Language {
    EN,
    /// That of gowebsocket.
    ZH;

    /// One of two texts.
    String choose(String english, String chinese) {
        return this == EN ? english : chinese;
    }
}
