package dev.auditpolicy.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.auditpolicy.app.OfflineMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Runs commands as a reader would paste them, with the command of this build on the path. */
public record Shell(Path directory) {

    /** What a command has printed, errors included. */
    public record Result(int exitCode, List<String> lines) {

        public Result {
            lines = List.copyOf(lines);
        }
    }

    /** A directory with these files, the examples of this repository and an audit log. */
    public static Shell in(Path directory, List<Block> files) throws IOException {
        Files.createDirectories(directory.resolve("bin"));
        Files.createSymbolicLink(directory.resolve("deploy"), Path.of("deploy").toAbsolutePath());
        Files.createSymbolicLink(
                directory.resolve("audit.log.gz"),
                Path.of("src/replay/events.log.gz").toAbsolutePath());
        for (var file : files) {
            Files.writeString(directory.resolve(file.fileName().orElseThrow()), file.text());
        }
        var shell = new Shell(directory);
        shell.define(
                "auditpolicy",
                "'%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' %s"
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                System.getProperty("java.class.path"),
                                OfflineMain.class.getName()));
        return shell;
    }

    /** Puts a command on the path. */
    public void define(String name, String replacement) throws IOException {
        var command = directory.resolve("bin").resolve(name);
        Files.writeString(command, "#!/bin/sh\nexec %s \"$@\"\n".formatted(replacement));
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    public Result run(String command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("bash", "-c", command)
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().merge("PATH", directory.resolve("bin").toString(), (path, own) -> own + ":" + path);
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Result(process.waitFor(), output.lines().toList());
    }
}
