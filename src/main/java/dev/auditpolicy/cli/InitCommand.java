package dev.auditpolicy.cli;

import dev.auditpolicy.cli.preset.Preset;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Prints an AuditPolicy to start with. */
@Command(
        name = "init",
        description = {
            "Print an AuditPolicy to start with.",
            "Its comments say which item of the norm asks for each rule and setting. lint checks it, also after your changes:"
                    + " auditpolicy lint --profile pci --only-profile FILE"
        },
        exitCodeList = {"0:Printed.", "2:Invalid usage."})
public final class InitCommand extends OfflineCommand {

    @Option(
            names = "--preset",
            paramLabel = "PRESET",
            required = true,
            description =
                    "minimal, recommended, or a norm: cis (CIS Kubernetes Benchmark), stig (DISA Kubernetes STIG), nsa"
                            + " (Kubernetes Hardening Guide of NSA and CISA), pci (PCI DSS).")
    private Preset preset;

    @Override
    public Integer call() {
        out().print(preset.text());
        out().flush();
        return ExitCode.OK;
    }
}
