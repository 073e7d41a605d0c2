// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/preset.h"
#include "ui/tools/entrylistwindow.h"

class PresetEditor;

/// Edits, orders, imports and exports the presets. Every valid change is kept at once.
class PresetsWindow final : public EntryListWindow
{
    Q_OBJECT
public:
    explicit PresetsWindow(QWidget *parent);

signals:
    void sendPressed(const Preset &preset);

private:
    PresetsWindow(PresetEditor *editor, QWidget *parent);

    static std::variant<QVariantList, QString> read(const QString &path);
    static QByteArray write(const QVariantList &entries);

    QVariant newEntry() const override;
    void showEntry(const QVariant &entry) override;
    void describeEntry(QTreeWidgetItem &item, const QVariant &entry) override;
    void entriesChanged() override;
    void takeEdit();

    PresetEditor *m_editor;
    QPushButton *m_send;
};
