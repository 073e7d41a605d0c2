// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/framing.h"
#include "fieldmemory.h"

#include <QWidget>

#include <optional>

class DelayEdit;
class QComboBox;
class QGridLayout;
class QHBoxLayout;
class QLabel;
class QToolButton;
class QVBoxLayout;

/// The form on top of a window, as far as server and client agree: rows of fields, more of them behind a fold, and what
/// is wrong with one of them in words. Owned by a window.
class ConversationForm : public QWidget
{
    Q_OBJECT
public:
    Framing framing() const;
    int closeDelayMs() const;                 ///< or ConnectionSettings::never
    QString error() const { return m_error; } ///< of the first field that is wrong, or nothing

    /// Whether the fields that count for the next start only can be edited; if not, toolTip says why.
    void setOpen(bool open, const QString &toolTip);

    void restore(const QSettings &settings);
    void save(QSettings &settings) const;

signals:
    void changed(); ///< a field has; error() is up to date
    void entered(); ///< Enter in some field

protected:
    ConversationForm(const std::optional<Framing> &framing, const std::optional<int> &closeDelayMs, QWidget *parent);

    QHBoxLayout *addRow(); ///< visible always
    QToolButton *moreButton() const { return m_more; }
    /// Adds a field with its label to the fold.
    void addMore(const QString &label, QWidget *field, const QString &toolTip);
    /// The same, in a row of its own.
    void addWideMore(const QString &label, QWidget *field, const QString &toolTip);
    /// Tab goes through first, the fields that all forms fold away, then last.
    void orderTabs(const QList<QWidget *> &first, const QList<QWidget *> &last);
    void addForNextStart(QWidget *field) { m_forNextStart.append(field); }
    void setErrors(const QStringList &errors); ///< of the fields in their order; empty ones are no errors
    FieldMemory &memory() { return m_memory; }

    void keyPressEvent(QKeyEvent *event) override;

private:
    QLabel *nameField(const QString &label, QWidget *field, const QString &toolTip);
    void setFolded(bool folded);

    QVBoxLayout *m_rows;
    QWidget *m_fold;
    QGridLayout *m_foldLayout;
    QToolButton *m_more;
    QWidget *m_errorRow;
    QLabel *m_errorSign;
    QLabel *m_errorText;
    QComboBox *m_framing;
    DelayEdit *m_closeDelay;
    FieldMemory m_memory;
    QList<QWidget *> m_forNextStart;
    QString m_error;
};
