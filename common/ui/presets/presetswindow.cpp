// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "presetswindow.h"

#include "messages/messagefile.h"
#include "preseteditor.h"
#include "presetstore.h"

#include <QPushButton>
#include <QTreeWidget>

PresetsWindow::PresetsWindow(QWidget *parent)
    : PresetsWindow(new PresetEditor(parent), parent)
{
}

PresetsWindow::PresetsWindow(PresetEditor *editor, QWidget *parent)
    : EntryListWindow({.title = tr("Presets"),
                       .columns = {tr("Preset")},
                       .fileFilter = tr("Presets (*.json);;All files (*)"),
                       .exported = tr("Presets exported to %1."),
                       .read = read,
                       .write = write,
                       .imported =
                           [](const QString &path, int number) {
                               return number == 1
                                          ? tr("Imported 1 preset from %1.").arg(path)
                                          : tr("Imported %1 presets from %2.").arg(QString::number(number), path);
                           }},
                      editor, parent)
    , m_editor(editor)
    , m_send(addButton(tr("&Send"), "sendPreset"))
{
    setObjectName(QStringLiteral("presetsWindow"));
    connect(m_send, &QPushButton::clicked, this, [this] { emit sendPressed(m_editor->preset()); });
    connect(m_editor, &PresetEditor::edited, this, &PresetsWindow::takeEdit);
    const auto loaded = PresetStore::load();
    const auto *presets = std::get_if<QList<Preset>>(&loaded);
    setEntries(presets ? entriesOf(*presets) : QVariantList());
    if (const auto *error = std::get_if<QString>(&loaded))
        tell(tr("The presets cannot be read. %1").arg(*error));
}

/// On another thread.
std::variant<QVariantList, QString> PresetsWindow::read(const QString &path)
{
    const MessageFile::Read read = MessageFile::read(path);
    const auto presets = read.error.isEmpty() ? Presets::read(read.bytes) : read.error;
    if (const auto *error = std::get_if<QString>(&presets))
        return *error;
    return entriesOf(std::get<QList<Preset>>(presets));
}

QByteArray PresetsWindow::write(const QVariantList &entries)
{
    return Presets::write(valuesOf<Preset>(entries));
}

QVariant PresetsWindow::newEntry() const
{
    return QVariant::fromValue(Preset{.name = tr("Preset %1").arg(entries().size() + 1)});
}

void PresetsWindow::showEntry(const QVariant &entry)
{
    m_editor->setPreset(entry.value<Preset>());
}

void PresetsWindow::describeEntry(QTreeWidgetItem &item, const QVariant &entry)
{
    item.setText(0, entry.value<Preset>().name);
}

void PresetsWindow::entriesChanged()
{
    PresetStore::save(valuesOf<Preset>(entries()));
}

/// A preset with a mistake stays as it was.
void PresetsWindow::takeEdit()
{
    const bool isRight = m_editor->error().isEmpty();
    m_send->setEnabled(isRight);
    if (isRight)
        replaceCurrent(QVariant::fromValue(m_editor->preset()));
}

#include "moc_presetswindow.cpp"
