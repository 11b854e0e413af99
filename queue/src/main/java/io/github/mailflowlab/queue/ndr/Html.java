package io.github.mailflowlab.queue.ndr;

import java.util.List;

/** HTML for people, as Exchange's reports have it. */
final class Html {
  private final StringBuilder html = new StringBuilder("<html>\n<body>\n");

  Html title(String text) {
    html.append("<p><b><font color=\"#000066\" size=\"3\" face=\"Arial\">");
    html.append(escape(text)).append("</font></b></p>\n");
    return this;
  }

  /** An address to click on, and what is to be said of it. */
  Html address(String address, String words) {
    String escaped = escape(address);
    html.append("<p><font color=\"#000000\" size=\"2\" face=\"Tahoma\"><a href=\"mailto:");
    html.append(escaped).append("\">").append(escaped).append("</a><br>\n");
    html.append(escape(words)).append("</font></p>\n");
    return this;
  }

  Html heading(String text) {
    html.append("<p><font color=\"#808080\" size=\"2\" face=\"Tahoma\"><b>");
    html.append(escape(text)).append("</b></font></p>\n");
    return this;
  }

  Html paragraph(List<String> lines) {
    html.append("<p><font color=\"#808080\" size=\"2\" face=\"Tahoma\">");
    html.append(String.join("<br>\n", lines.stream().map(Html::escape).toList()));
    html.append("</font></p>\n");
    return this;
  }

  Html verbatim(String text) {
    html.append("<pre>").append(escape(text)).append("</pre>\n");
    return this;
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  @Override
  public String toString() {
    return html + "</body>\n</html>\n";
  }
}
