// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "presetswindow.h"

#include "base/savedfile.h"
#include "messages/messagefile.h"
#include "preseteditor.h"
#include "presetstore.h"
#include "ui/tools/uitools.h"

#include <QFileDialog>
#include <QGridLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QShortcut>

namespace {

QString writeFile(const QString &path, const QByteArray &json)
{
    SavedFile file(path);
    const bool isWritten = file.begin() && file.write(json) == json.size() && file.finish() && file.publish();
    return isWritten ? QString() : file.sentence();
}

} // namespace

PresetsWindow::PresetsWindow(QWidget *parent)
    : QDialog(parent)
    , m_list(new QListWidget(this))
    , m_editor(new PresetEditor(this))
    , m_notice(new QLabel(this))
{
    setObjectName(QStringLiteral("presetsWindow"));
    setWindowTitle(tr("Presets"));
    UiTools::describe(m_list, "presetList", tr("Presets"));
    UiTools::describe(m_notice, "presetNotice", tr("Notice"));
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setWordWrap(true);
    auto *layout = new QGridLayout(this);
    layout->setSpacing(UiTools::grid);
    layout->addWidget(m_list, 0, 0);
    layout->addWidget(m_editor, 0, 2);
    layout->addWidget(m_notice, 1, 0, 1, 3);
    layout->setColumnStretch(0, 2);
    layout->setColumnStretch(2, 5);
    createButtons();
    auto *column = new QVBoxLayout;
    for (QPushButton *button : std::as_const(m_buttons))
        column->addWidget(button);
    column->addStretch();
    layout->addLayout(column, 0, 1);
    auto *shortcut = new QShortcut(QKeySequence::Close, this);
    connect(shortcut, &QShortcut::activated, this, &QDialog::close);
    connect(m_list, &QListWidget::currentRowChanged, this, &PresetsWindow::showRow);
    connect(m_list, &QListWidget::itemActivated, this, [this] { m_editor->setFocus(Qt::OtherFocusReason); });
    connect(m_editor, &PresetEditor::edited, this, &PresetsWindow::takeEdit);
    load();
}

void PresetsWindow::createButtons()
{
    addButton(tr("&Add"), "addPreset", &PresetsWindow::add);
    m_forSelected = {addButton(tr("&Duplicate"), "duplicatePreset", &PresetsWindow::duplicate),
                     addButton(tr("&Remove"), "removePreset", &PresetsWindow::remove)};
    m_up = addButton(tr("Move &Up"), "moveUp", &PresetsWindow::moveUp);
    m_down = addButton(tr("Move D&own"), "moveDown", &PresetsWindow::moveDown);
    addButton(tr("&Import…"), "importPresets", &PresetsWindow::askForImport);
    addButton(tr("&Export…"), "exportPresets", &PresetsWindow::askForExport);
    m_send = addButton(tr("&Send"), "sendPreset", &PresetsWindow::send);
    addButton(tr("&Close"), "closePresets", nullptr);
    connect(m_buttons.constLast(), &QPushButton::clicked, this, &QDialog::close);
}

QPushButton *PresetsWindow::addButton(const QString &text, const char *name, void (PresetsWindow::*pressed)())
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(QLatin1StringView(name));
    button->setAutoDefault(false); // Enter belongs to the fields
    if (pressed)
        connect(button, &QPushButton::clicked, this, pressed);
    m_buttons.append(button);
    return button;
}

void PresetsWindow::load()
{
    const auto loaded = PresetStore::load();
    if (const auto *error = std::get_if<QString>(&loaded))
        m_notice->setText(tr("The presets cannot be read. %1").arg(*error));
    else
        insert(0, std::get<QList<Preset>>(loaded));
    select(0);
    showRow(m_list->currentRow());
}

void PresetsWindow::select(int row)
{
    m_list->setCurrentRow(qMin(row, int(m_presets.size()) - 1));
}

void PresetsWindow::keep()
{
    PresetStore::save(m_presets);
    updateButtons();
}

void PresetsWindow::showRow(int row)
{
    m_editor->setEnabled(row >= 0);
    m_editor->setPreset(m_presets.value(row));
    updateButtons();
}

void PresetsWindow::updateButtons()
{
    const int row = m_list->currentRow();
    for (QPushButton *button : std::as_const(m_forSelected))
        button->setEnabled(row >= 0);
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_presets.size());
    m_send->setEnabled(row >= 0 && m_editor->error().isEmpty());
}

/// A preset with a mistake stays as it was.
void PresetsWindow::takeEdit()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    if (!m_editor->error().isEmpty())
        return updateButtons();
    m_presets[row] = m_editor->preset();
    m_list->item(row)->setText(m_presets.at(row).name);
    keep();
}

void PresetsWindow::insert(int row, const QList<Preset> &presets)
{
    for (const Preset &preset : presets) {
        m_presets.insert(row, preset);
        m_list->insertItem(row, preset.name);
        ++row;
    }
}

void PresetsWindow::add()
{
    const int row = m_list->currentRow() + 1;
    insert(row, {{.name = tr("Preset %1").arg(m_presets.size() + 1)}});
    select(row);
    keep();
    m_editor->setFocus(Qt::OtherFocusReason);
}

void PresetsWindow::duplicate()
{
    const int row = m_list->currentRow();
    insert(row + 1, {m_presets.at(row)});
    select(row + 1);
    keep();
}

void PresetsWindow::remove()
{
    const int row = m_list->currentRow();
    m_presets.removeAt(row);
    delete m_list->takeItem(row);
    showRow(m_list->currentRow());
    keep();
}

void PresetsWindow::moveUp()
{
    move(-1);
}

void PresetsWindow::moveDown()
{
    move(1);
}

void PresetsWindow::move(int by)
{
    const int row = m_list->currentRow();
    m_presets.move(row, row + by);
    m_list->insertItem(row + by, m_list->takeItem(row));
    select(row + by);
    keep();
}

void PresetsWindow::send()
{
    emit sendPressed(m_editor->preset());
}

void PresetsWindow::askForImport()
{
    auto *dialog = new QFileDialog(this, tr("Import Presets"), {}, tr("Presets (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &PresetsWindow::importFile);
    dialog->open();
}

void PresetsWindow::importFile(const QString &path)
{
    m_file.giveUp();
    m_file.send([this, path]() -> Errand::Answer {
        const MessageFile::Read read = MessageFile::read(path);
        return [this, path, read] {
            const auto presets = read.error.isEmpty() ? Presets::read(read.bytes) : read.error;
            if (const auto *error = std::get_if<QString>(&presets))
                return m_notice->setText(tr("%1: %2").arg(path, *error));
            const auto &imported = std::get<QList<Preset>>(presets);
            const int row = int(m_presets.size());
            insert(row, imported);
            select(row);
            keep();
            m_notice->setText(tr("Presets imported from %1: %2.").arg(path).arg(imported.size()));
        };
    });
}

void PresetsWindow::askForExport()
{
    auto *dialog = new QFileDialog(this, tr("Export Presets"), {}, tr("Presets (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, &PresetsWindow::exportFile);
    dialog->open();
}

void PresetsWindow::exportFile(const QString &path)
{
    m_file.giveUp();
    m_file.send([this, path, json = Presets::write(m_presets)]() -> Errand::Answer {
        const QString error = writeFile(path, json);
        return [this, path, error] {
            m_notice->setText(error.isEmpty() ? tr("Presets exported to %1.").arg(path) : error);
        };
    });
}

#include "moc_presetswindow.cpp"
