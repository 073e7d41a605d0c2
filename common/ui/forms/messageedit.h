// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QPlainTextEdit>

class QLabel;

/// A field for a message: bytes that are typed as text, pasted or given. Text that a person can edit is edited as it is, in one
/// to five lines. Bytes that are not such text (too long to lay out, no valid UTF-8, a carriage return) are kept whole; the
/// field shows their beginning, and typing replaces them. Nothing is ever cut. Enter enters the message.
class MessageEdit : public QPlainTextEdit
{
    Q_OBJECT
public:
    static constexpr qsizetype maxBytes = qsizetype(16) * 1024 * 1024; ///< of one message
    static constexpr qsizetype maxEditable = 16 * 1024; ///< characters: a key stroke lays all of them out
    static constexpr int maxLines = 5;                  ///< that are seen at once

    explicit MessageEdit(QWidget *parent = nullptr);

    QByteArray bytes() const;
    void setBytes(const QByteArray &bytes);
    bool isEmpty() const;
    bool isKeptWhole() const { return !m_kept.isNull(); } ///< it cannot be edited, only replaced
    void setNote(const QString &note);                    ///< at the right edge: how many bytes will be sent

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void changed();
    void entered();
    void refused(const QString &sentence); ///< why a paste was not taken

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

    QString m_ownToolTip; ///< while another one tells of what is kept
    QByteArray m_kept;    ///< null: what is in the field is the message
    QLabel *m_note;
    bool m_isSetting = false;
};
