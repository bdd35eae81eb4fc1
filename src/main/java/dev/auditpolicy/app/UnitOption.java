package dev.auditpolicy.app;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command finds kube-apiserver. */
final class UnitOption {

    @Option(
            names = "--unit",
            paramLabel = "NAME",
            defaultValue = "${env:KUBE_APISERVER_UNIT:-" + Option.NULL_VALUE + "}",
            description =
                    "The systemd unit that runs kube-apiserver (default: environment variable KUBE_APISERVER_UNIT; without"
                            + " it, the static pod of the node, or else kube-apiserver.service).")
    private @Nullable String unit;

    LinuxNode node() throws IOException {
        return LinuxNode.find(unit == null || unit.isEmpty() ? null : unit);
    }
}
