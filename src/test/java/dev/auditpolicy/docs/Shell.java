package dev.auditpolicy.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.auditpolicy.app.OfflineMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Runs commands as a reader would paste them, with the command of this build on the path. */
record Shell(Path directory) {

    /** A directory with these files and the examples of this repository. */
    static Shell in(Path directory, List<Block> files) throws IOException {
        Files.createDirectories(directory);
        Files.createSymbolicLink(directory.resolve("deploy"), Path.of("deploy").toAbsolutePath());
        for (var file : files) {
            Files.writeString(directory.resolve(file.fileName().orElseThrow()), file.text());
        }
        var command = Files.createDirectories(directory.resolve("bin")).resolve("auditpolicy");
        Files.writeString(
                command,
                "#!/bin/sh\nexec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\"\n"
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                System.getProperty("java.class.path"),
                                OfflineMain.class.getName()));
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Shell(directory);
    }

    /** The lines that a command prints, errors included. */
    List<String> run(String command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("bash", "-c", command)
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().merge("PATH", directory.resolve("bin").toString(), (path, own) -> own + ":" + path);
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output.lines().toList();
    }
}
