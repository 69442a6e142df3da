package dev.heddle.config;

import java.util.List;

/// The settings of channels.
///
/// @param rules of which the first that matches a channel's name holds; the last matches every name
/// @param maxHistoryBytes what size of all histories together may take together
/// @param maxSubscriptions channels that one connection may be subscribed to
/// @param maxPublicationIds ids of publications that are remembered, so that none is published
///   twice
/// @param maxGraceUsers users who have gone and count as still there, in all channels together
public record ChannelSettings(
        List<ChannelRule> rules,
        long maxHistoryBytes,
        int maxSubscriptions,
        int maxPublicationIds,
        int maxGraceUsers) {

    public ChannelSettings {
        rules = List.copyOf(rules);
        SettingsTable.HISTORY_BYTES.require(maxHistoryBytes);
        SettingsTable.SUBSCRIPTIONS.require(maxSubscriptions);
        SettingsTable.PUBLICATION_IDS.require(maxPublicationIds);
        SettingsTable.GRACE_USERS.require(maxGraceUsers);
    }

    static ChannelSettings of(Values values) {
        return new ChannelSettings(
                ChannelRule.withDefaults(values.get(SettingsTable.CHANNEL_RULES)),
                values.get(SettingsTable.HISTORY_BYTES),
                values.get(SettingsTable.SUBSCRIPTIONS),
                values.get(SettingsTable.PUBLICATION_IDS),
                values.get(SettingsTable.GRACE_USERS));
    }
}
