package dev.auditpolicy.cli.report.document;

import dev.auditpolicy.report.item.Outcome;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Writes sections as one HTML file, also well-formed as XML, without scripts or anything from elsewhere. */
public record HtmlRenderer(PrintWriter out) {

    private static final String STYLE = """
            @page { size: A4; margin: 18mm 15mm; }
            body { font: 10pt/1.4 "Liberation Sans", Arial, sans-serif; color: #1a1a1a; max-width: 180mm; margin: 2em auto; padding: 0 1em; }
            h1 { font-size: 18pt; margin: 0 0 .5em; }
            h2 { font-size: 13pt; margin: 1.6em 0 .4em; border-bottom: 1px solid #999; }
            h3 { font-size: 10.5pt; margin: 1.2em 0 .3em; overflow-wrap: anywhere; }
            h2, h3 { break-after: avoid; }
            table { border-collapse: collapse; width: 100%; }
            th, td { text-align: left; vertical-align: top; padding: 2pt 5pt; border-bottom: 1px solid #ddd; overflow-wrap: anywhere; }
            td { min-width: 16mm; }
            tr { break-inside: avoid; }
            thead { display: table-header-group; }
            pre { font: 8pt/1.35 "Liberation Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; background: #f4f4f4; padding: 6pt; }
            .pass, .fail, .not-proven, .cannot-be-checked { font-weight: bold; white-space: nowrap; }
            .pass { color: #0a5c2b; }
            .fail { color: #a30d0d; }
            .not-proven { color: #8a4b00; }
            .cannot-be-checked { color: #444; }
            @media print {
              body { max-width: none; margin: 0; padding: 0; }
              .appendix { break-before: page; }
              * { print-color-adjust: exact; }
            }
            """;

    /** Writes all sections. */
    public void write(String title, List<Section> sections) {
        out.print("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n"
                + "<meta charset=\"utf-8\"/>\n"
                + "<meta name=\"viewport\" content=\"width=device-width\"/>\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
                + "<title>" + escaped(title) + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n");
        out.print("<h1>" + escaped(title) + "</h1>\n");
        for (var section : sections) {
            out.print(section.isAppendix() ? "<section class=\"appendix\">\n" : "<section>\n");
            out.print("<h2>" + escaped(section.title()) + "</h2>\n");
            section.blocks().forEach(this::write);
            out.print("</section>\n");
        }
        out.print("</body>\n</html>\n");
        out.flush();
    }

    private void write(Block block) {
        switch (block) {
            case Block.Paragraph paragraph -> out.print("<p>" + escaped(paragraph.text()) + "</p>\n");
            case Block.Title title -> out.print("<h3>" + escaped(title.text()) + "</h3>\n");
            case Block.Source source -> out.print("<pre>" + escaped(source.text()) + "</pre>\n");
            case Block.Table table -> write(table);
        }
    }

    private void write(Block.Table table) {
        if (table.rows().isEmpty()) {
            return;
        }
        out.print("<table>\n");
        if (!table.header().isEmpty()) {
            out.print("<thead><tr>");
            table.header().forEach(name -> out.print("<th>" + escaped(name) + "</th>"));
            out.print("</tr></thead>\n");
        }
        out.print("<tbody>\n");
        for (var row : table.rows()) {
            out.print("<tr>");
            row.forEach(this::write);
            out.print("</tr>\n");
        }
        out.print("</tbody>\n</table>\n");
    }

    private void write(Block.Cell cell) {
        var lines = cell.lines().stream().map(HtmlRenderer::escaped).toList();
        out.print("<td" + cell.outcome().map(HtmlRenderer::style).orElse("") + ">" + String.join("<br/>", lines)
                + "</td>");
    }

    private static String style(Outcome outcome) {
        return " class=\"" + outcome.name().toLowerCase(Locale.ROOT).replace('_', '-') + "\"";
    }

    /** XML has no way to write most control characters, and format characters can reverse what a reader sees. */
    static String escaped(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> {
                    if (isShown(character)) {
                        escaped.appendCodePoint(character);
                    } else {
                        escaped.append('\uFFFD');
                    }
                }
            }
        });
        return escaped.toString();
    }

    private static boolean isShown(int character) {
        return Character.getType(character) != Character.FORMAT && isXml(character);
    }

    private static boolean isXml(int character) {
        return character == '\t'
                || character == '\n'
                || (character >= 0x20 && character <= 0xD7FF)
                || (character >= 0xE000 && character <= 0xFFFD)
                || character >= 0x10000;
    }
}
