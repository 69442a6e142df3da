package dev.heddle.cli;

import dev.heddle.BindFailure;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/// Finds out why a port could not be bound, in words for the operator. The exception does not tell:
/// the JDK throws the same one for a port in use, a port that is not allowed, and an address of
/// another machine.
final class BindFailures {
    private static final int FIRST_UNPRIVILEGED_PORT = 1024;

    private BindFailures() {}

    /// One line that says what is wrong and which flag helps.
    static String explain(BindFailure failure) {
        String prefix = failure.internal() ? "--internal-" : "--";
        String otherHost = "; choose another with " + prefix + "host";
        String otherPort = "; choose another with " + prefix + "port";
        try {
            InetAddress address = InetAddress.getByName(failure.host());
            if (!isOfThisMachine(address)) {
                return "host " + failure.host() + " is not an address of this machine" + otherHost;
            }
        } catch (UnknownHostException unknown) {
            return "host " + failure.host() + " cannot be resolved" + otherHost;
        }
        String port = "port " + failure.port() + " on " + failure.host();
        return failure.port() >= FIRST_UNPRIVILEGED_PORT
                        && failure.getCause() instanceof BindException
                ? port + " is in use" + otherPort
                : port + " cannot be used (" + words(failure) + ")" + otherPort;
    }

    /// Whether some other port of the address can be bound.
    private static boolean isOfThisMachine(InetAddress address) {
        try (ServerSocket anyPort = new ServerSocket(0, 1, address)) {
            return anyPort.isBound();
        } catch (BindException foreign) {
            return false;
        } catch (IOException other) {
            return true;
        }
    }

    private static String words(BindFailure failure) {
        Throwable cause = failure.getCause();
        return String.valueOf(cause == null ? failure.getMessage() : cause.getMessage());
    }
}
