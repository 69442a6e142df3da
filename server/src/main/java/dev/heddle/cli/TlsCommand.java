package dev.heddle.cli;

import picocli.CommandLine.Command;

import java.util.concurrent.Callable;

/// `heddle tls`, which has commands below it.
@Command(name = "tls", description = "Makes a certificate, for trying TLS out.")
final class TlsCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Complaint {
        throw Complaint.usage("tls needs a command: self-signed");
    }
}
