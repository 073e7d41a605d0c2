// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/commandline.h"
#include "fieldmemory.h"

#include <QPointer>
#include <QWidget>

#include <optional>
#include <vector>

struct ConnectionSettings;
class DelayEdit;
class FramingEdit;
class QGridLayout;
class QLabel;
class QToolButton;

/// The form at the top of a window, as far as the server and the client have it in common: two rows of fields, more
/// fields behind a fold, and an error message beside the field that it refers to. All rows share one grid: a column
/// of labels, a field that takes the available width, a second label and a second field, and a column of buttons. So
/// the forms of the server and the client have the same height. Owned by a window.
class ConversationForm : public QWidget
{
    Q_OBJECT
public:
    Framing framing() const;
    std::optional<Framing> sendFraming() const; ///< of the messages that are sent, if it is another
    void setFraming(const Framing &framing);    ///< of the messages of both ends
    ConnectionSettings connectionSettings() const;
    struct Destination {
        QString host;
        quint16 port = 0;
    };
    virtual std::optional<Destination> destination() const { return {}; } ///< where a client connects to
    /// Ignored by a server. An empty host and port 0 stay as they are.
    virtual void setDestination(const QString &host, quint16 port);
    QString error() const { return m_error; } ///< of the first invalid field, or empty
    void showError();                         ///< moves the focus to that field
    int labelWidth() const;                   ///< of the column of labels, so that other labels can be aligned with it

    /// Sets whether the user can edit the fields that only affect the next start. If not, toolTip says why.
    void setOpen(bool open, const QString &toolTip);

    void restore(const QSettings &settings);
    void save(QSettings &settings) const;

signals:
    void changed(); ///< a field has changed; error() is up to date
    void entered(); ///< Enter was pressed in a field

protected:
    ConversationForm(const CommonOptions &options, QWidget *parent);

    /// A row of the grid. A field without a label, or without a second field, also takes the free columns.
    struct Row {
        QString label = {};
        QWidget *labelButton = nullptr; ///< in the place of a label
        QWidget *field = nullptr;
        QString secondLabel = {};
        QWidget *second = nullptr;
        QWidget *button = nullptr;
    };

    void addRow(const Row &row);
    /// Puts the rows that are added from now on behind the fold, after those that all forms have there. The last of
    /// those has room for a second field.
    void beginFold(const QString &secondLabel = {}, QWidget *second = nullptr);
    QToolButton *moreButton() const { return m_more; }
    /// Tab visits first, then the fields that all forms have behind the fold, then last.
    void orderTabs(const QList<QWidget *> &first, const QList<QWidget *> &last);
    void addForNextStart(QWidget *field) { m_forNextStart.append(field); }
    struct FieldError {
        QWidget *field = nullptr;
        QString sentence; ///< empty: the field is valid
    };
    void setErrors(std::vector<FieldError> errors); ///< in the order of the fields; without those of this class
    FieldMemory &memory() { return m_memory; }

    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QLabel *addLabel(const QString &text, QWidget *field, int row, int column);
    void setUpFold();
    void rememberFold(const CommonOptions &options);
    void updateErrors();
    void placeError();
    void colorError();
    void setFolded(bool folded);

    QGridLayout *m_grid;
    int m_firstFolded = 0; ///< the first row behind the fold
    bool m_isFolded = true;
    QToolButton *m_more;
    QLabel *m_errorText; ///< covers what is below the field
    QWidget *m_wrongField = nullptr;
    FramingEdit *m_framing;
    FramingEdit *m_sendFraming;
    DelayEdit *m_closeDelay;
    int m_readAfterMs; ///< of the command line; has no field, because Stop Reading does it by hand
    FieldMemory m_memory;
    QList<QWidget *> m_forNextStart;
    QPointer<QWidget> m_closedField;  ///< had the focus when setOpen() closed it
    QPointer<QWidget> m_focusInstead; ///< has it now, unless the user has moved it
    std::vector<FieldError> m_errors; ///< of the derived class
    QString m_error;
};
