// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/framing.h"
#include "fieldmemory.h"

#include <QWidget>

#include <optional>
#include <vector>

class DelayEdit;
class QComboBox;
class QGridLayout;
class QLabel;
class QToolButton;

/// The form on top of a window, as far as server and client agree: two rows of fields, more of them behind a fold, and what is wrong
/// with one of them in words beside that field. All rows share one grid: a column of labels, a field that takes the room there is,
/// a second label and a second field, and a column of buttons. So the forms of server and client have the same height. Owned by a window.
class ConversationForm : public QWidget
{
    Q_OBJECT
public:
    Framing framing() const;
    int closeDelayMs() const;                 ///< or ConnectionSettings::never
    QString error() const { return m_error; } ///< of the first field that is wrong, or nothing
    void showError();                         ///< goes to that field
    int labelWidth() const;                   ///< of the column of labels, to align others with it

    /// Whether the fields that count for the next start only can be edited; if not, toolTip says why.
    void setOpen(bool open, const QString &toolTip);

    void restore(const QSettings &settings);
    void save(QSettings &settings) const;

signals:
    void changed(); ///< a field has; error() is up to date
    void entered(); ///< Enter in some field

protected:
    ConversationForm(const std::optional<Framing> &framing, const std::optional<int> &closeDelayMs, QWidget *parent);

    /// What stands in a row of the grid. A field without a label, and one without a second field, take the free columns too.
    struct Row {
        QString label = {};
        QWidget *field = nullptr;
        QString secondLabel = {};
        QWidget *second = nullptr;
        QWidget *button = nullptr;
    };

    void addRow(const Row &row);
    void
    beginFold(); ///< the rows that are added from now on are behind the fold, after those that all forms have there
    QToolButton *moreButton() const { return m_more; }
    /// Tab goes through first, the fields that all forms fold away, then last.
    void orderTabs(const QList<QWidget *> &first, const QList<QWidget *> &last);
    void addForNextStart(QWidget *field) { m_forNextStart.append(field); }
    struct FieldError {
        QWidget *field = nullptr;
        QString sentence; ///< empty: the field is right
    };
    void setErrors(const std::vector<FieldError> &errors); ///< of the fields in their order
    FieldMemory &memory() { return m_memory; }

    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QLabel *addLabel(const QString &text, QWidget *field, int row, int column);
    void setUpFold();
    void rememberFold(const std::optional<Framing> &framing, const std::optional<int> &closeDelayMs);
    void placeError();
    void setFolded(bool folded);

    QGridLayout *m_grid;
    int m_firstFolded = 0; ///< the row from which on all are behind the fold
    bool m_isFolded = true;
    QToolButton *m_more;
    QLabel *m_errorText; ///< over what is below the field
    QWidget *m_wrongField = nullptr;
    QComboBox *m_framing;
    DelayEdit *m_closeDelay;
    FieldMemory m_memory;
    QList<QWidget *> m_forNextStart;
    QString m_error;
};
