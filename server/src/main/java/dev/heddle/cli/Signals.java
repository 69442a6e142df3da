package dev.heddle.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/// Signals of the system, by way of the JDK's unsupported module, which is asked for by name: the
/// compiler warns of it, and a small runtime may be without it.
final class Signals {
    private Signals() {}

    /// Has something done at each signal of that name from now on, instead of what the JVM does.
    ///
    /// @param name such as `TERM`
    /// @return whether it will be: not if the signal was ignored when the JVM was started, as nohup
    ///   has it with `HUP`; the JVM then leaves it so
    static boolean handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object calling =
                    Proxy.newProxyInstance(
                            handler.getClassLoader(),
                            new Class<?>[] {handler},
                            (_, method, _) -> called(method, action));
            Object before =
                    signal.getMethod("handle", signal, handler)
                            .invoke(
                                    null,
                                    signal.getConstructor(String.class).newInstance(name),
                                    calling);
            return !handler.getField("SIG_IGN").get(null).equals(before);
        } catch (ReflectiveOperationException notHere) {
            return false;
        }
    }

    private static Object called(Method method, Runnable action) {
        if (method.getName().equals("handle")) {
            action.run();
        }
        return method.getName();
    }
}
