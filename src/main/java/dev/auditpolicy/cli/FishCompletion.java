package dev.auditpolicy.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ITypeInfo;
import picocli.CommandLine.Model.OptionSpec;

/** Completions for fish, which picocli does not generate. Arguments that are not listed here complete to files, as by default. */
final class FishCompletion {

    private final String command;
    private final CommandSpec root;

    FishCompletion(String command, CommandSpec root) {
        this.command = command;
        this.root = root;
    }

    String script() {
        return Stream.concat(
                        ofCommand(root, "__fish_use_subcommand"),
                        subcommands()
                                .flatMap(spec -> Stream.concat(
                                        Stream.of(line(
                                                "__fish_use_subcommand", "-f -a " + spec.name(), description(spec))),
                                        ofCommand(spec, "__fish_seen_subcommand_from " + spec.name()))))
                .collect(Collectors.joining());
    }

    private Stream<CommandSpec> subcommands() {
        return root.subcommands().values().stream().map(line -> line.getCommandSpec());
    }

    private Stream<String> ofCommand(CommandSpec spec, String condition) {
        var options = spec.options().stream()
                .filter(option -> !option.hidden())
                .map(option -> line(condition, names(option) + argument(option), description(option)));
        var values = spec.positionalParameters().stream()
                .filter(parameter -> !values(parameter).isEmpty())
                .map(parameter -> line(condition, "-f -a " + quote(values(parameter)), description(parameter)));
        return Stream.concat(options, values);
    }

    private static String names(OptionSpec option) {
        return Arrays.stream(option.names())
                .map(name -> name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
                .collect(Collectors.joining(" "));
    }

    /** {@code -r} requires an argument, {@code -x} in addition offers no files. */
    private static String argument(OptionSpec option) {
        if (option.arity().max() == 0) {
            return "";
        }
        return values(option).isEmpty() ? " -r" : " -x -a " + quote(values(option));
    }

    private static String values(ArgSpec argument) {
        var enums = Stream.concat(Stream.of(argument.typeInfo()), argument.typeInfo().getAuxiliaryTypeInfos().stream())
                .filter(ITypeInfo::isEnum)
                // The auxiliary type of an option with one value is the same as its type.
                .flatMap(type -> type.getEnumConstantNames().stream())
                .distinct()
                .map(value -> value.toLowerCase(Locale.ROOT))
                .toList();
        return String.join(" ", enums.isEmpty() ? candidates(argument) : enums);
    }

    private static List<String> candidates(ArgSpec argument) {
        return argument.completionCandidates() == null
                ? List.of()
                : StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                        .toList();
    }

    private static String description(CommandSpec spec) {
        return firstSentence(List.of(spec.usageMessage().description()));
    }

    private static String description(ArgSpec argument) {
        return firstSentence(List.of(argument.description()));
    }

    private static String firstSentence(List<String> lines) {
        return lines.isEmpty() ? "" : lines.getFirst().replaceFirst("(?s)\\.(\\s.*)?$", "");
    }

    private String line(String condition, String arguments, String description) {
        return "complete -c " + command + " -n " + quote(condition) + " " + arguments + " -d " + quote(description)
                + "\n";
    }

    private static String quote(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
