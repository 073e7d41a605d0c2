// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QPlainTextEdit>

class QLabel;

/// A field for a message: bytes that are typed as text, pasted or given. Text that a person can edit is editable, in
/// one to five lines. Other bytes (too long to lay out, invalid UTF-8, or with a carriage return) are kept unchanged:
/// the field shows their beginning, and typing replaces them. Nothing is ever cut. Enter submits the message.
class MessageEdit : public QPlainTextEdit
{
    Q_OBJECT
public:
    static constexpr qsizetype maxBytes = qsizetype(16) * 1024 * 1024; ///< for one message
    static constexpr qsizetype maxEditable = 16 * 1024; ///< characters: every key stroke lays out all of them
    static constexpr int maxLines = 5;                  ///< visible at once

    explicit MessageEdit(QWidget *parent = nullptr);

    QByteArray bytes() const;
    void setBytes(const QByteArray &bytes);
    bool isEmpty() const;
    bool isKeptWhole() const { return !m_kept.isNull(); } ///< the message can only be replaced, not edited
    void setNote(const QString &note);                    ///< at the right edge: the number of bytes to send

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void changed();
    void entered();
    void refused(const QString &sentence); ///< says why a paste was rejected

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void insertFromMimeData(const QMimeData *source) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QString text() const;
    void keepWhole(const QByteArray &bytes);
    void forgetKept();
    void textEdited();
    void fitHeight();
    void placeNote();
    int heightOf(int lines) const;

    QString m_ownToolTip; ///< kept while the tool tip describes the kept message
    QByteArray m_kept;    ///< null: the message is the text in the field
    QLabel *m_note;
    bool m_isSetting = false;
};
