package org.countersign.field.screens.form.kinds

import android.net.Uri
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import org.countersign.core.FormQuestion
import org.countersign.core.OptionShown
import org.countersign.core.Reader
import org.countersign.core.toggled
import org.countersign.core.typedAnswer
import org.countersign.field.screens.form.AnswerDesk
import org.countersign.field.screens.form.AskedQuestion
import org.countersign.field.screens.form.DrawnInk
import org.countersign.field.screens.form.UnsavedFile

/** What a question needs of the screen around it. */
@Stable
class Asking(
    /** The question. */
    val asked: AskedQuestion,
    private val desk: AnswerDesk,
    /** The ways to other screens. */
    val ways: Ways,
    /** Why a file for it could not be kept. */
    val unsavedFile: UnsavedFile?,
    /** Who answers: times are picked by the clock of their company. */
    val reader: Reader,
) {
    /** Its reference. */
    val id: String get() = asked.question.id

    /** Its words. */
    val label: String get() = asked.question.label

    /** The value to show. */
    val value: String get() = desk.shown(id, asked.question.value)

    /** Where the value to show came from. */
    val provenance: String get() = desk.of(id)?.provenance ?: asked.question.provenance.orEmpty()

    /** A letter more. */
    fun type(
        value: String,
        provenance: String = AnswerDesk.TYPED,
    ) = desk.type(id, value, provenance)

    /** A whole answer. */
    fun give(
        value: String,
        provenance: String = AnswerDesk.TYPED,
    ) = desk.give(id, value, provenance)

    /** The field was left. */
    fun leave() = desk.leave(id)

    /** The answer once this option was pressed. */
    fun toggled(option: OptionShown): String = toggled(asked.question.options.map { it.value }, value, option.value)

    /** What is typed or picked, as it is stored. */
    fun stored(typed: String): String = typedAnswer(reader, asked.question.kind, typed)
}

/** The ways from a question to other screens. */
class Ways(
    /** Reads a code for a question. */
    val scan: (question: String) -> Unit,
    /** Takes photos for a question. */
    val photograph: (question: FormQuestion) -> Unit,
    /** Files that answer a question. */
    val files: FileWays,
    /** What is drawn on the pads. */
    val drawn: DrawnInk,
)

/** What can be done with files that answer a question. */
class FileWays(
    /** Keeps a file that was picked as the answer to a question. */
    val keepPicked: (question: FormQuestion, picked: Uri) -> Unit,
    /** Keeps what is drawn on the pad of a question. */
    val keepInk: (question: String) -> Unit,
    /** Answers a question with a file that the visit has already. */
    val answerWith: (question: String, evidence: String) -> Unit,
    /** Opens a file. */
    val open: (evidence: String) -> Unit,
)

/** Draws the field for one kind of question. */
internal typealias KindField = @Composable (Asking) -> Unit

/** Every kind of question by its word. A later kind is a file of its own and a line here. */
private val Fields: Map<String, KindField> =
    mapOf(
        "text" to { TextKind(it) },
        "integer" to { IntegerKind(it) },
        "decimal" to { DecimalKind(it) },
        "date" to { DateKind(it) },
        "time" to { TimeKind(it) },
        "date_time" to { DateTimeKind(it) },
        "select_one" to { SelectOneKind(it) },
        "select_many" to { SelectManyKind(it) },
        "photo" to { PhotoKind(it) },
        "signature" to { SignatureKind(it) },
        "barcode" to { BarcodeKind(it) },
        "acknowledge" to { AcknowledgeKind(it) },
    )

/** A text to read; it takes no answer. */
internal const val NOTE: String = "note"

/** The kinds that this app has a field for. */
val knownKinds: Set<String> get() = Fields.keys + NOTE

/** The field of a kind; of one that a newer form has, a line to type in that says so. */
internal fun fieldOf(kind: String): KindField = Fields[kind] ?: { NewerKind(it) }
