package dev.auditpolicy.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console blocks with the marker {@code run} print what the page says. The blocks of a page run in its order and share a
 * directory that contains the files of the page (marker {@code file: NAME}), the examples of this repository and an audit log.
 */
final class ConsoleBlocksTest {

    private static final Pattern OFFLINE =
            Pattern.compile("auditpolicy (init|validate|lint|explain|diff|report|import|render|replay|top)\\b.*");

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicContainer> printWhatThePageSays() {
        return Page.all().stream()
                .filter(page -> page.blocks().stream().anyMatch(Block::isRun))
                .map(this::container);
    }

    /** Otherwise nobody would notice that an example has become wrong. */
    @Test
    void areRunIfNoClusterIsNeeded() {
        var unmarked = Page.all().stream()
                .flatMap(page -> page.blocks().stream()
                        .filter(Block::isConsole)
                        .filter(block -> !block.isRun() && !block.isRunOnTheLab() && !block.isMarkedNotToRun())
                        .filter(block -> block.commands().stream().allMatch(command -> OFFLINE.matcher(command.text())
                                .matches()))
                        .map(block -> page + ":" + block.line()))
                .toList();

        assertThat(unmarked)
                .as("console blocks without <!-- run --> or <!-- not run: REASON -->")
                .isEmpty();
    }

    private DynamicContainer container(Page page) {
        var shell = shell(page);
        return dynamicContainer(
                page.toString(),
                page.blocks().stream()
                        .filter(Block::isRun)
                        .map(block -> dynamicTest("line " + block.line(), () -> check(block, shell))));
    }

    private Shell shell(Page page) {
        try {
            return Shell.in(
                    directory.resolve(page.toString().replace('/', '-')),
                    page.blocks().stream()
                            .filter(block -> block.fileName().isPresent())
                            .toList());
        } catch (IOException e) {
            throw new AssertionError(page.toString(), e);
        }
    }

    private static void check(Block block, Shell shell) throws IOException, InterruptedException {
        for (var command : block.commands()) {
            assertThat(shell.run(command.text()).lines())
                    .as("output of \"%s\"", command.text())
                    .isEqualTo(command.output());
        }
    }
}
