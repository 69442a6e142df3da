package dev.heddle.bench.run;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;

/// A worker that is a process of its own: hears from the bench on stdin, answers on stdout. Ends
/// with the bench, whose end closes stdin.
final class WorkerMain {
    private WorkerMain() {}

    static void main(String[] args) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        BufferedWriter writer =
                new BufferedWriter(
                        new OutputStreamWriter(
                                new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8));
        Mailbox mailbox = new Mailbox();
        if (!(Wire.read(lines.readLine()) instanceof Message.Assignment assignment)) {
            throw new IOException("the first line must be an assignment");
        }
        Worker worker = new Worker(assignment, mailbox, message -> Wire.write(writer, message));
        Thread.ofPlatform().daemon().name("orders").start(() -> hear(lines, mailbox));
        try {
            worker.run();
        } catch (IOException | RuntimeException | Error broken) {
            Wire.write(writer, new Message.Broken(broken.toString()));
        }
    }

    private static void hear(BufferedReader lines, Mailbox mailbox) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                mailbox.add(Wire.read(line));
            }
        } catch (IOException cut) {
            System.err.println("heddle bench: a worker lost its bench: " + cut);
        }
        // Without a bench there is nobody to work for; after an orderly end this changes nothing.
        Runtime.getRuntime().halt(1);
    }
}
