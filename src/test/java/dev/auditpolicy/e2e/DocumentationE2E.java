package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.docs.Block;
import dev.auditpolicy.docs.Page;
import dev.auditpolicy.docs.Shell;
import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabNodes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console blocks with the marker {@code run on the lab} work and print what the page says, from the README to the end of the
 * AuditPolicy in {@code docs/uninstall.md}.
 */
@LabNodes(1)
@ExtendWith(OperatorExtension.class)
class DocumentationE2E {

    private static final String NODE = "cp1";

    private final Lab lab;

    DocumentationE2E(Operator operator) {
        this.lab = operator.lab();
        operator.installCommandOn(NODE);
    }

    @Test
    void showsWhatHappens(@TempDir Path directory) throws IOException, InterruptedException {
        var blocks = Page.all().stream().flatMap(page -> page.blocks().stream()).toList();
        var marked = blocks.stream().filter(Block::isRunOnTheLab).toList();
        var shell = Shell.in(directory, files(blocks));
        shell.define("kubectl", "'" + Path.of("src/lab/lab").toAbsolutePath() + "' kubectl");

        for (var block : marked) {
            for (var command : block.commands()) {
                var printed = run(command, shell);
                if (!command.output().isEmpty()) {
                    assertThat(withoutVariables(printed))
                            .as("output of \"%s\"", command.text())
                            .isEqualTo(withoutVariables(command.output()));
                }
            }
        }

        assertThat(marked).isNotEmpty();
    }

    /** Of two files with one name, the first: the one of the README. */
    private static List<Block> files(List<Block> blocks) {
        return blocks.stream()
                .filter(block ->
                        block.fileName().filter("auditpolicy.yaml"::equals).isPresent())
                .limit(1)
                .toList();
    }

    private List<String> run(Block.Command command, Shell shell) throws IOException, InterruptedException {
        if (command.asRoot()) {
            return lab.exec(NODE, "sh", "-c", command.text()).lines().toList();
        }
        var result = shell.run(command.text().replace("NODE", NODE));
        assertThat(result.exitCode())
                .as("exit code of \"%s\", which prints %s", command.text(), result.lines())
                .isZero();
        return result.lines();
    }

    /** What differs from one cluster, or minute, to the other. */
    private static List<String> withoutVariables(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceAll("\\b[0-9a-f]{16}\\b", "REVISION")
                        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                        .replaceAll("\\bpid \\d+", "PID")
                        .replaceAll("\\b(\\d+)/\\1\\b", "ALL")
                        .replaceAll("\\b(\\d+[hms])+$", "AGE")
                        .replaceAll(" {2,}(?=\\S)", "  "))
                .toList();
    }
}
