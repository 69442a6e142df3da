package dev.heddle.config;

/// How the server sends to clients.
///
/// @param tryAgainCode close code for a client that may come back: a slow consumer, or any client
///   when the server is full
/// @param maxFrameBytes payload of one frame; longer messages leave as fragments
/// @param portionBytes data of publications in one reply to a client that asks for portions; one
///   publication alone may be larger
/// @param bufferBytes the kernel's buffer for what a WebSocket client has not taken yet; 0 leaves
///   it to the kernel
/// @param deflateLevel how hard messages are compressed, from 1, the fastest, to 9
/// @param deflateBytes payload of the shortest message that is compressed
public record SendLimits(
        int tryAgainCode,
        int maxFrameBytes,
        int portionBytes,
        int bufferBytes,
        int deflateLevel,
        int deflateBytes) {

    public SendLimits {
        SettingsTable.TRY_AGAIN_CODE.require(tryAgainCode);
        SettingsTable.SENDING_FRAME_BYTES.require((long) maxFrameBytes);
        SettingsTable.PORTION_BYTES.require((long) portionBytes);
        SettingsTable.SEND_BUFFER_BYTES.require((long) bufferBytes);
        SettingsTable.DEFLATE_LEVEL.require(deflateLevel);
        SettingsTable.DEFLATE_BYTES.require((long) deflateBytes);
    }

    static SendLimits of(Values values) {
        return new SendLimits(
                values.get(SettingsTable.TRY_AGAIN_CODE),
                values.bytes(SettingsTable.SENDING_FRAME_BYTES),
                values.bytes(SettingsTable.PORTION_BYTES),
                values.bytes(SettingsTable.SEND_BUFFER_BYTES),
                values.get(SettingsTable.DEFLATE_LEVEL),
                values.bytes(SettingsTable.DEFLATE_BYTES));
    }
}
