// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/preset.h"
#include "base/errand.h"

#include <QDialog>

class PresetEditor;
class QLabel;
class QListWidget;
class QPushButton;

/// Edits, orders, imports and exports the presets. Every valid change is kept at once. Not modal; owned by the window
/// that opens it.
class PresetsWindow : public QDialog
{
    Q_OBJECT
public:
    explicit PresetsWindow(QWidget *parent);

    void select(int row);
    void importFile(const QString &path); ///< adds the presets of the file
    void exportFile(const QString &path);

signals:
    void sendPressed(const Preset &preset);

private:
    void createButtons();
    QPushButton *addButton(const QString &text, const char *name, void (PresetsWindow::*pressed)());
    void load();
    void keep();
    void showRow(int row);
    void updateButtons();
    void takeEdit();
    void add();
    void duplicate();
    void remove();
    void moveUp();
    void moveDown();
    void move(int by);
    void send();
    void askForImport();
    void askForExport();
    void insert(int row, const QList<Preset> &presets);

    QList<Preset> m_presets;
    QListWidget *m_list;
    PresetEditor *m_editor;
    QLabel *m_notice;               ///< about a file
    QList<QPushButton *> m_buttons; ///< in one column
    QList<QPushButton *> m_forSelected;
    QPushButton *m_up = nullptr;
    QPushButton *m_down = nullptr;
    QPushButton *m_send = nullptr;
    Errand m_file;
};
