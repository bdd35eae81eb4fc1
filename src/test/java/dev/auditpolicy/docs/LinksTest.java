package dev.auditpolicy.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every relative link and every anchor of the documentation resolves. */
final class LinksTest {

    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");

    @Test
    void resolve() {
        var broken = Page.all().stream()
                .flatMap(page -> page.links().stream()
                        .flatMap(link -> problem(page, link).stream())
                        .map(problem -> page + ": " + problem))
                .toList();

        assertThat(broken).isEmpty();
    }

    /** A reader that finds no link would find no broken one. */
    @Test
    void areFound() {
        assertThat(Page.read(Path.of("README.md")).links()).contains("docs/status.md", "docs/runbook.md#2-look");
    }

    @ParameterizedTest
    @CsvSource({
        "docs/no-such-page.md",
        "docs/runbook.md#no-such-section",
        "#no-such-section",
        "deploy/no-such-directory"
    })
    void reportABrokenOne(String link) {
        assertThat(problem(Page.read(Path.of("README.md")), link)).isPresent();
    }

    private static Optional<String> problem(Page page, String link) {
        if (ELSEWHERE.matcher(link).matches()) {
            return Optional.empty();
        }
        var parts = List.of(link.split("#", 2));
        var target = parts.getFirst().isEmpty()
                ? page.path()
                : Optional.ofNullable(page.path().getParent())
                        .orElse(Path.of(""))
                        .resolve(parts.getFirst())
                        .normalize();
        if (!Files.exists(target)) {
            return Optional.of(link + " does not exist");
        }
        return parts.size() == 2 && !Page.read(target).anchors().contains(parts.getLast())
                ? Optional.of(link + ": " + target + " has no such heading")
                : Optional.empty();
    }
}
