package dev.heddle.cli;

import picocli.CommandLine;

import java.util.Locale;

/// The commands below `heddle`, in the order of its help.
enum Verb {
    SERVE,
    CONFIG,
    CONNS,
    DOCTOR,
    DRAIN,
    GENERATE_COMPLETION,
    JFR,
    REHEARSE,
    TAIL,
    TLS,
    TOKEN,
    TOP,
    WHERE;

    /// How it is typed: `generate-completion`.
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Makes the command, which is annotated for picocli.
    Object command(Invocation invocation) {
        return switch (this) {
            case SERVE -> new ServeCommand(invocation);
            case CONFIG -> new ConfigCommand(invocation);
            case CONNS -> new ConnsCommand(invocation);
            case DOCTOR -> new DoctorCommand(invocation);
            case DRAIN -> new DrainCommand(invocation);
            case GENERATE_COMPLETION -> new CompletionCommand(invocation.console());
            case JFR -> new JfrCommand(invocation);
            case REHEARSE -> new RehearseCommand(invocation);
            case TAIL -> new TailCommand(invocation);
            case TLS ->
                    new CommandLine(new TlsCommand())
                            .addSubcommand(new SelfSignedCommand(invocation.console()));
            case TOKEN -> {
                TokenCommand token = new TokenCommand(invocation);
                yield new CommandLine(token)
                        .addSubcommand(new TokenCheckCommand(invocation, token));
            }
            case TOP -> new TopCommand(invocation);
            case WHERE -> new WhereCommand(invocation);
        };
    }
}
