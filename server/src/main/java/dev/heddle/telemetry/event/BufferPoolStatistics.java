package dev.heddle.telemetry.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/// How many buffers of a pool are lent; periodic.
@Name("heddle.BufferPoolStatistics")
@Label("Buffer Pool Statistics")
@Category("Heddle")
@Description("How many buffers are lent")
@Period("1 s")
@StackTrace(false)
public final class BufferPoolStatistics extends Event {
    @Label("Size")
    @Description("Size of one buffer")
    @DataAmount
    int size;

    @Label("Leased")
    @Description("Buffers in use")
    int leased;

    /// Emits one.
    public static void emit(int bufferBytes, int leased) {
        BufferPoolStatistics event = new BufferPoolStatistics();
        event.size = bufferBytes;
        event.leased = leased;
        EventTap.emit(event);
    }
}
