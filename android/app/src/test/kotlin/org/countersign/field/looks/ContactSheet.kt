package org.countersign.field.looks

import java.awt.image.BufferedImage
import java.io.File

/** Writes every picture of every screen, a sheet a screen, and a page that shows all of them. */
internal fun contactSheet(
    output: File,
    shots: Map<String, List<Pair<Look, BufferedImage>>>,
) {
    shots.forEach { (name, pictures) -> write(output, name, pictures) }
    val rows =
        shots.entries.joinToString("\n") { (name, pictures) ->
            val cells = pictures.joinToString("") { (look, _) -> cell(name, look) }
            "<h2>$name</h2><div>$cells</div>"
        }
    File(output, "index.html").writeText(
        "<!doctype html><meta charset=\"utf-8\"><title>Screens</title>$STYLE\n$rows\n",
    )
}

private fun write(
    output: File,
    name: String,
    pictures: List<Pair<Look, BufferedImage>>,
) {
    sheet(pictures.map { (look, picture) -> look.toString() to picture.wide(SMALL) })
        .write(File(output, "sheets/$name.png"))
    pictures.forEach { (look, picture) -> picture.write(File(output, "$name-$look.png")) }
}

private fun cell(
    name: String,
    look: Look,
) = "<figure><a href=\"$name-$look.png\"><img src=\"$name-$look.png\" width=\"200\" alt=\"$name $look\"></a>" +
    "<figcaption>$look</figcaption></figure>"

private const val SMALL = 280
private const val STYLE = "<style>body{font:14px sans-serif}div{display:flex;flex-wrap:wrap}figure{margin:4px}</style>"
