package dev.heddle.telemetry.event;

import jdk.jfr.Event;

/// An event that takes a while, from [#beginNow] to [#endNow].
abstract class LastingEvent extends Event {
    private transient long beganNanos;

    /// It has begun.
    final void beginNow() {
        begin();
        beganNanos = System.nanoTime();
    }

    /// It has ended: records it, and tells of it.
    final void endNow() {
        EventTap.emit(this, System.nanoTime() - beganNanos);
    }
}
