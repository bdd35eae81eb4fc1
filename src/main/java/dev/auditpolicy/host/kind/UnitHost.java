package dev.auditpolicy.host.kind;

import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.NodePrograms;
import dev.auditpolicy.host.systemd.CommandLines;
import dev.auditpolicy.host.systemd.Systemd;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.unit.UnitDrift;
import dev.auditpolicy.unit.UnitFile;
import dev.auditpolicy.unit.UnitReport;
import dev.auditpolicy.unit.UnitState;
import dev.auditpolicy.unit.command.DropIn;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * systemd.
 *
 * @param name of the unit, not of an alias
 */
public record UnitHost(String name, Systemd systemd, CommandLines commandLines, NodeFiles files, NodePrograms programs)
        implements ApiServerHost {

    @Override
    public Optional<UnitState> unit(Optional<String> dropIn, Optional<ApiServerProcess> process) throws IOException {
        var report = systemd.report(name);
        return Optional.of(new UnitState(report, files(report), dropIn, process.flatMap(commandLines::of)));
    }

    private List<UnitFile> files(UnitReport report) throws IOException {
        var found = new ArrayList<UnitFile>();
        for (var path : report.paths()) {
            file(path).ifPresent(found::add);
        }
        return found;
    }

    /** Until it reloads, systemd reports files that are deleted. */
    private Optional<UnitFile> file(String path) throws IOException {
        try {
            return Optional.of(new UnitFile(path, systemd.fileText(path)));
        } catch (NoSuchFileException deletedSince) {
            return Optional.empty();
        }
    }

    @Override
    public boolean restartsOnChange() {
        return false;
    }

    /** systemd does not see a drop-in that is older than the one that it replaces: a restored one. */
    @Override
    public Optional<String> load() throws IOException {
        if (problem().isEmpty()) {
            return Optional.empty();
        }
        systemd.reload();
        return problem();
    }

    private Optional<String> problem() throws IOException {
        var state = unit(files.read(DropIn.path(name)).map(FileImage::text), Optional.empty())
                .orElseThrow();
        return Optional.of(UnitDrift.ofLoading(state).stream()
                        .map(UnitDrift::message)
                        .collect(Collectors.joining("; ")))
                .filter(message -> !message.isEmpty());
    }

    @Override
    public void start() throws IOException {
        systemd.resetFailed(name);
        systemd.restart(name);
    }

    @Override
    public void startIfDown() throws IOException {
        if (systemd.activity(name).isDown()) {
            start();
        }
    }

    @Override
    public boolean isStopping() throws IOException {
        return systemd.activity(name).isStopping();
    }

    /** Why kube-apiserver must not be restarted now. */
    public Optional<String> busy() throws IOException {
        if (systemd.activity(name).hasJob()) {
            return Optional.of("systemd is starting or stopping " + name + "; waiting until it has");
        }
        return programs.packageManager()
                .map(program -> program + " is running on this host and may replace kube-apiserver or its unit; waiting"
                        + " until it exits");
    }
}
