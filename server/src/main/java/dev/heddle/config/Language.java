package dev.heddle.config;

/// The language of standard texts that clients get.
public enum Language {
    EN,
    /// Chinese, word for word as gowebsocket has it.
    ZH;

    /// One of two texts.
    public String choose(String english, String chinese) {
        return this == EN ? english : chinese;
    }
}
