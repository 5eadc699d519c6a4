package org.countersign.field.screens.settings

import android.os.Build
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import org.countersign.core.FilesToSend
import org.countersign.core.Language
import org.countersign.core.OwnScreen
import org.countersign.core.usuallyOverMetered
import org.countersign.field.R
import org.countersign.field.app.Chosen
import org.countersign.field.app.Route
import org.countersign.field.design.Brightness
import org.countersign.field.design.Choice
import org.countersign.field.design.ChoiceField
import org.countersign.field.design.FactRow
import org.countersign.field.design.FieldCard
import org.countersign.field.design.LinkRow
import org.countersign.field.design.MutedText
import org.countersign.field.design.SecondButton
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.SwitchField

/** The settings; [notices] stands where notifications are switched on. */
@Composable
fun SettingsScreen(
    shown: SettingsShown,
    chosen: Chosen,
    version: String,
    actions: SettingsActions,
    notices: @Composable () -> Unit,
) {
    LanguageCard(shown, actions)
    AppearanceCard(chosen, actions.choose)
    MobileDataCard(chosen, actions.choose)
    StorageCard(shown, actions)
    notices()
    DeviceCard(shown.own, version, actions.open)
    DiagnosticsCard(actions.share)
}

@Composable
private fun LanguageCard(
    shown: SettingsShown,
    actions: SettingsActions,
) = FieldCard(Modifier.testTag("language")) {
    SectionTitle(stringResource(R.string.language))
    val own = Choice<Language?>(null, stringResource(R.string.language_own))
    val choices: List<Choice<Language?>> = if (shown.own.enrolled) shown.languages + own else shown.languages
    val chosen = shown.own.chosen ?: shown.own.language.takeUnless { shown.own.enrolled }
    ChoiceField("", choices, chosen, actions.language)
}

@Composable
private fun AppearanceCard(
    chosen: Chosen,
    choose: ((Chosen) -> Chosen) -> Unit,
) = FieldCard {
    SectionTitle(stringResource(R.string.appearance))
    val choices =
        listOf(
            Choice(Brightness.SYSTEM, stringResource(R.string.appearance_system)),
            Choice(Brightness.LIGHT, stringResource(R.string.appearance_light)),
            Choice(Brightness.DARK, stringResource(R.string.appearance_dark)),
        )
    ChoiceField("", choices, chosen.brightness, { picked -> choose { it.copy(brightness = picked) } })
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) {
        SwitchField(
            label = stringResource(R.string.dynamic_colour),
            on = chosen.dynamicColour,
            onChange = { on -> choose { it.copy(dynamicColour = on) } },
            second = stringResource(R.string.dynamic_colour_what),
        )
    }
}

@Composable
private fun MobileDataCard(
    chosen: Chosen,
    choose: ((Chosen) -> Chosen) -> Unit,
) = FieldCard {
    SectionTitle(stringResource(R.string.mobile_data))
    MutedText(stringResource(R.string.mobile_data_what))
    val choices =
        listOf(
            Choice(FilesToSend.SMALL, stringResource(R.string.mobile_small)),
            Choice(FilesToSend.ALL_BUT_VIDEOS, stringResource(R.string.mobile_no_videos)),
            Choice(FilesToSend.ALL, stringResource(R.string.mobile_all)),
        )
    ChoiceField("", choices, chosen.overMobileData ?: usuallyOverMetered(), { picked ->
        choose {
            it.copy(overMobileData = picked)
        }
    })
}

@Composable
private fun StorageCard(
    shown: SettingsShown,
    actions: SettingsActions,
) = FieldCard {
    SectionTitle(stringResource(R.string.storage))
    if (shown.free.isNotEmpty()) FactRow(stringResource(R.string.storage_free), shown.free)
    MutedText(stringResource(R.string.room_what))
    SecondButton(stringResource(R.string.make_room), actions.makeRoom)
    LinkRow(
        stringResource(R.string.hand_over),
        { actions.open(Route.Status) },
        icon = "share",
        second = stringResource(R.string.rescue_file),
    )
}

@Composable
private fun DeviceCard(
    own: OwnScreen,
    version: String,
    onOpen: (Route) -> Unit,
) = FieldCard {
    SectionTitle(stringResource(R.string.this_device))
    if (own.enrolled) {
        FactRow(stringResource(R.string.person), own.person)
        FactRow(stringResource(R.string.company), own.company)
        FactRow(stringResource(R.string.device), own.code)
        FactRow(stringResource(R.string.hub), own.hub)
    } else {
        Text(stringResource(R.string.not_enrolled))
    }
    FactRow(stringResource(R.string.version), version)
    LinkRow(stringResource(if (own.enrolled) R.string.enrol_anew else R.string.enrol), { onOpen(Route.Enrol()) })
}

@Composable
private fun DiagnosticsCard(onShare: () -> Unit) =
    FieldCard {
        SectionTitle(stringResource(R.string.diagnostics))
        Text(stringResource(R.string.diagnostics_what))
        SecondButton(stringResource(R.string.diagnostics_share), onShare, icon = "share")
    }
