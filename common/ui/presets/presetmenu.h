// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/preset.h"
#include "base/errand.h"

#include <QMenu>

#include <functional>

/// The menu of the presets: a click on one sends it. Also keeps what is typed as a preset, and opens the window that
/// edits them. Owned by a conversation's window.
class PresetMenu : public QMenu
{
    Q_OBJECT
public:
    /// typed: what is typed in the window now.
    PresetMenu(std::function<Preset()> typed, QWidget *window);

signals:
    void chosen(const Preset &preset); ///< to be sent; the content of a file has been read
    void refused(const QString &sentence);
    void saved(const QString &name);

private:
    void fill();
    void send(const Preset &preset);
    void askForName();
    void save(const QString &name);
    void edit();

    std::function<Preset()> m_typed;
    QWidget *m_window;
    Errand m_reading; ///< of a preset's file
};
