// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/framing.h"

#include <QWidget>

class CheckedEdit;
class QComboBox;

/// Chooses what ends a message: a kind, and beside it a field for its parameters, if it has any. Owned by a form.
class FramingEdit : public QWidget
{
    Q_OBJECT
public:
    enum class Use {
        Receiving,
        Sending, ///< the first entry is "The same"
        Preset   ///< the first entry is "As in the window"
    };

    explicit FramingEdit(Use use, QWidget *parent = nullptr);

    std::optional<Framing> framing() const; ///< nothing while error() is not empty, or for the first entry
    QString error() const;                  ///< of the parameters, or empty
    CheckedEdit *parameters() const { return m_parameters; }

    /// As Framing::text(), but perhaps with wrong parameters; empty: the first entry.
    QString text() const;
    void setText(const QString &text);

signals:
    void changed();

private:
    void addKinds();
    void showKind();

    QComboBox *m_kind;
    CheckedEdit *m_parameters;
};
