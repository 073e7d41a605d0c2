// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/preset.h"

#include <QWidget>

class CheckedEdit;
class FramingEdit;
class MessageEdit;
class QLabel;
class QLineEdit;

/// The fields of one preset, and what its message becomes. Owned by a PresetsWindow.
class PresetEditor : public QWidget
{
    Q_OBJECT
public:
    explicit PresetEditor(QWidget *parent);

    void setPreset(const Preset &preset); ///< without edited()
    Preset preset() const;                ///< while error() is empty
    QString error() const;                ///< of the first wrong field, or empty

signals:
    void edited();

private:
    void createFields();
    void addRows();
    void showBytes();

    QLineEdit *m_name;
    MessageEdit *m_message;
    QLabel *m_becomes;
    FramingEdit *m_framing;
    CheckedEdit *m_host;
    CheckedEdit *m_port;
    QLabel *m_error;
    bool m_isSetting = false;
};
