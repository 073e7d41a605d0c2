// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "presetmenu.h"

#include "messages/messagefile.h"
#include "presetstore.h"
#include "presetswindow.h"
#include "steps/steptext.h"
#include "ui/guide/guide.h"

#include <QInputDialog>

namespace {

constexpr qsizetype tipCharacters = 60; ///< of a message, in a tool tip

} // namespace

PresetMenu::PresetMenu(std::function<Preset()> typed, QWidget *window)
    : QMenu(tr("&Presets"), window)
    , m_typed(std::move(typed))
    , m_window(window)
{
    setObjectName(QStringLiteral("presetMenu"));
    setToolTipsVisible(true);
    connect(this, &QMenu::aboutToShow, this, &PresetMenu::fill);
}

/// The other program may have changed the presets.
void PresetMenu::fill()
{
    clear();
    const auto loaded = PresetStore::load();
    const auto *presets = std::get_if<QList<Preset>>(&loaded);
    for (const Preset &preset : presets ? *presets : QList<Preset>()) {
        QAction *action = addAction(QString(preset.name).replace(u'&', QStringLiteral("&&")));
        const QString where = preset.host.isEmpty() ? QString() : tr(" to %1").arg(preset.host);
        action->setToolTip(
            tr("Send %1%2").arg(StepText::escaped(preset.message.text.toUtf8(), tipCharacters).text, where));
        connect(action, &QAction::triggered, this, [this, preset] { send(preset); });
    }
    if (isEmpty())
        addAction(presets ? tr("No presets yet") : tr("The presets cannot be read"))->setEnabled(false);
    addSeparator();
    addAction(tr("&Save as Preset…"), this, &PresetMenu::askForName);
    addAction(tr("&Edit Presets…"), this, &PresetMenu::edit);
}

void PresetMenu::send(const Preset &preset)
{
    if (preset.message.form != MessageForm::File) {
        emit chosen(preset);
        return;
    }
    m_reading.giveUp();
    m_reading.send([this, preset]() -> Errand::Answer {
        const MessageFile::Typed typed = MessageFile::typed(preset.message.text);
        return [this, preset = preset, typed]() mutable {
            preset.message = typed.message;
            if (typed.error.isEmpty())
                emit chosen(preset);
            else
                emit refused(tr("Cannot read %1: %2").arg(preset.message.text, typed.error));
        };
    });
}

void PresetMenu::askForName()
{
    auto *dialog = new QInputDialog(m_window);
    dialog->setObjectName(QStringLiteral("presetNameDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save as Preset"));
    dialog->setLabelText(tr("Name of the preset"));
    Guide::addHelpKey(*dialog, QStringLiteral("messages#presets"));
    connect(dialog, &QInputDialog::textValueSelected, this, &PresetMenu::save);
    dialog->open();
}

void PresetMenu::save(const QString &name)
{
    Preset preset = m_typed();
    preset.name = name.trimmed();
    const auto loaded = PresetStore::load();
    if (preset.name.isEmpty()) {
        emit refused(tr("A preset has a name."));
    } else if (const auto *presets = std::get_if<QList<Preset>>(&loaded)) {
        PresetStore::save(*presets + QList{preset});
        emit saved(preset.name);
    } else {
        emit refused(tr("The presets cannot be read. %1").arg(std::get<QString>(loaded)));
    }
}

void PresetMenu::edit()
{
    auto *window = new PresetsWindow(m_window);
    window->setAttribute(Qt::WA_DeleteOnClose);
    connect(window, &PresetsWindow::sendPressed, this, &PresetMenu::send);
    window->show();
}

#include "moc_presetmenu.cpp"
