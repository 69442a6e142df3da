package dev.heddle.telemetry.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// Another node has died, and this node has taken its users out of their rooms and channels.
@Name("heddle.NodeDied")
@Label("Node Died")
@Category("Heddle")
@Description("The lease of another node had ended, and this node took its users out")
@StackTrace(false)
public final class NodeDied extends Event {
    @Label("Node")
    @Description("The name of the node that died")
    String node = "";

    /// Emits one.
    public static void emit(String name) {
        NodeDied event = new NodeDied();
        if (event.shouldCommit() || EventTap.isOpen()) {
            event.node = name;
            EventTap.emit(event);
        }
    }
}
