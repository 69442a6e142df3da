package dev.heddle.config;

import java.io.Serial;

/// Two settings that are good alone and contradict each other.
final class Conflict extends IllegalArgumentException {
    @Serial private static final long serialVersionUID = 1L;

    private final String name;
    private final String rule;
    private final String otherName;

    /// `name` `rule` `otherName` read as a sentence: "message-bytes must not exceed
    /// unfinished-bytes".
    Conflict(String name, String rule, String otherName) {
        super(name + ' ' + rule + ' ' + otherName);
        this.name = name;
        this.rule = rule;
        this.otherName = otherName;
    }

    String name() {
        return name;
    }

    String rule() {
        return rule;
    }

    String otherName() {
        return otherName;
    }

    /// The same conflict, between the settings of that group.
    Conflict in(String group) {
        return new Conflict(group + '.' + name, rule, group + '.' + otherName);
    }
}
