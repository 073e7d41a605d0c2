// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "messageedit.h"

#include "picture/colors.h"
#include "steps/steptext.h"

#include <QDateTime>
#include <QFileInfo>
#include <QKeyEvent>
#include <QMimeData>
#include <QStringDecoder>
#include <QTextBlock>
#include <QTextDocument>

#include <algorithm>

namespace {

constexpr qsizetype shownCharacters = 200; ///< of a message that is kept unchanged

bool isChangedByEditor(const QString &text)
{
    return std::ranges::any_of(text, [](QChar character) {
        return character.isNull() || character == u'\r' || character == QChar::ParagraphSeparator ||
               character == QChar::LineSeparator || character == QChar::ByteOrderMark || character == u'\xfdd0' ||
               character == u'\xfdd1'; // QTextDocument uses these internally
    });
}

/// Returns the text if an editor can hold it without changing it.
std::optional<QString> editableText(const QByteArray &bytes)
{
    if (bytes.size() > MessageEdit::maxEditable * 4)
        return std::nullopt;
    using Flag = QStringConverter::Flag;
    QStringDecoder decoder(QStringDecoder::Utf8, Flag::Stateless | Flag::ConvertInitialBom);
    const QString text = decoder(bytes);
    if (decoder.hasError() || text.size() > MessageEdit::maxEditable || isChangedByEditor(text))
        return std::nullopt;
    return text;
}

bool replacesKept(const QKeyEvent &key)
{
    const bool isText = !key.text().isEmpty() && key.text().front().isPrint() &&
                        !(key.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    return isText || key.key() == Qt::Key_Backspace || key.key() == Qt::Key_Delete || key.matches(QKeySequence::Paste);
}

} // namespace

MessageEdit::MessageEdit(QWidget *parent)
    : GrowingEdit(parent)
{
    connect(this, &QPlainTextEdit::textChanged, this, &MessageEdit::textEdited);
}

QString MessageEdit::text() const
{
    QString text;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next())
        text += (block == document()->begin() ? QString() : QString(u'\n')) + block.text();
    return text;
}

TypedMessage MessageEdit::typed() const
{
    TypedMessage typed = m_kept.value_or(m_format);
    typed.encoding = m_format.encoding;
    typed.hasCrLf = m_format.hasCrLf;
    if (!isKeptWhole())
        typed.text = text();
    return typed;
}

void MessageEdit::setTyped(const TypedMessage &typed)
{
    if (typed.form == MessageForm::File) {
        m_format.encoding = typed.encoding;
        m_format.hasCrLf = typed.hasCrLf;
        if (typed.text.isEmpty())
            setBytes(typed.content);
        else
            keepWhole(typed);
    } else if (typed.text.size() > maxEditable) {
        keepWhole(TypedMessage::ofBytes(typed.read().message.fill({})));
    } else {
        m_format = typed;
        m_format.text.clear();
        showText(typed.text);
    }
}

void MessageEdit::setBytes(const QByteArray &bytes)
{
    const auto text = editableText(bytes);
    if (!text) {
        keepWhole(TypedMessage::ofBytes(bytes));
        return;
    }
    m_format = {};
    showText(*text);
}

void MessageEdit::setForm(MessageForm form)
{
    if (form == this->form() || form == MessageForm::File)
        return;
    const auto same = typed().in(form, m_lastGroup);
    if (same && same->text.size() <= maxEditable && !isChangedByEditor(same->text)) {
        setTyped(*same);
        return;
    }
    if (!mistake().isEmpty())
        emit refused(tr("Fix the mistake before you change the form."));
    else if (form == MessageForm::Text)
        emit refused(tr("This message cannot be shown as text: it has computed fields, or bytes that no text has."));
    else
        emit refused(tr("This message is too long to be edited. Press Delete to begin a new one."));
    emit changed(); // the form stays
}

void MessageEdit::useEscapes()
{
    TypedMessage message = typed();
    message.form = MessageForm::Escapes;
    setTyped(message);
}

void MessageEdit::setEncoding(TypedMessage::Encoding encoding)
{
    TypedMessage format = m_format;
    format.encoding = encoding;
    setFormat(format);
}

void MessageEdit::setCrLf(bool hasCrLf)
{
    TypedMessage format = m_format;
    format.hasCrLf = hasCrLf;
    setFormat(format);
}

void MessageEdit::setLastGroup(int group)
{
    if (m_lastGroup == group)
        return;
    m_lastGroup = group;
    readText();
    emit changed();
}

void MessageEdit::setFormat(const TypedMessage &format)
{
    if (m_format == format)
        return;
    m_format = format;
    readText();
    emit changed();
}

void MessageEdit::showText(const QString &text)
{
    forgetKept();
    m_isSetting = true;
    if (text != this->text()) // otherwise the cursor stays
        setPlainText(text);
    m_isSetting = false;
    readText();
    emit changed();
}

QByteArray MessageEdit::bytes() const
{
    return m_read.message.fill({.counter = 1, .wallUs = QDateTime::currentMSecsSinceEpoch() * 1000});
}

QString MessageEdit::mistake() const
{
    return m_read.mistake ? m_read.mistake->sentence : QString();
}

bool MessageEdit::isEmpty() const
{
    return isKeptWhole() ? m_read.message.isEmpty() : document()->isEmpty();
}

/// kept: bytes or a file.
void MessageEdit::keepWhole(const TypedMessage &kept)
{
    if (!isKeptWhole())
        m_ownToolTip = toolTip();
    m_kept = kept;
    const QString fileName = kept.text;
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_isSetting = true;
    setPlainText(fileName.isEmpty() ? StepText::escaped(kept.content, shownCharacters).text
                                    : StepText::escaped(QFileInfo(fileName).fileName().toUtf8()).text);
    m_isSetting = false;
    const QString size = StepText::size(qMax(kept.streamedBytes, qint64(kept.content.size())));
    setToolTip(fileName.isEmpty()
                   ? tr("%1, kept unchanged. You cannot edit this text here; type to replace it.").arg(size)
                   : tr("%1 from the file %2. Type to replace it.").arg(size, fileName));
    setAccessibleDescription(toolTip());
    readText();
    emit changed();
}

void MessageEdit::forgetKept()
{
    if (!isKeptWhole())
        return;
    m_kept.reset();
    m_isSetting = true;
    clear();
    m_isSetting = false;
    setReadOnly(false);
    setToolTip(m_ownToolTip);
    setAccessibleDescription({});
    readText();
}

void MessageEdit::readText()
{
    m_read = typed().read(m_lastGroup);
    markMistake();
}

void MessageEdit::markMistake()
{
    QList<QTextEdit::ExtraSelection> marks;
    if (m_read.mistake) {
        QTextEdit::ExtraSelection mark;
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(Colors::of(palette()).error);
        mark.cursor = QTextCursor(document());
        mark.cursor.setPosition(int(m_read.mistake->at));
        mark.cursor.setPosition(int(m_read.mistake->at + m_read.mistake->length), QTextCursor::KeepAnchor);
        marks.append(mark);
    }
    setExtraSelections(marks);
}

void MessageEdit::textEdited()
{
    if (m_isSetting)
        return;
    if (m_format.form == MessageForm::Text && text().size() > maxEditable) {
        keepWhole(TypedMessage::ofBytes(typed().read().message.fill({})));
        return;
    }
    readText();
    emit changed();
}

void MessageEdit::insertFromMimeData(const QMimeData *source)
{
    if (!source->hasText())
        return;
    const QTextCursor cursor = textCursor();
    QString all = isKeptWhole() ? QString() : text();
    if (!isKeptWhole())
        all.remove(cursor.selectionStart(), cursor.selectionEnd() - cursor.selectionStart());
    const QString pasted = source->text();
    if (all.size() + pasted.size() <= maxEditable && !pasted.contains(QChar::Null)) {
        GrowingEdit::insertFromMimeData(source);
        return;
    }
    all.insert(isKeptWhole() ? 0 : cursor.selectionStart(), pasted);
    TypedMessage typed = m_format;
    typed.text = all;
    const TypedMessage::Read read = typed.read(m_lastGroup);
    const QByteArray bytes = read.message.fill({});
    if (read.mistake || read.message.hasFields())
        emit refused(tr("The text was not pasted: a message of more than %1 characters must not contain mistakes or "
                        "computed fields.")
                         .arg(maxEditable));
    else if (bytes.size() > maxBytes)
        emit refused(tr("The text was not pasted: the message would have %1, and its limit is 16 MiB.")
                         .arg(StepText::size(bytes.size())));
    else
        keepWhole(TypedMessage::ofBytes(bytes));
}

void MessageEdit::addToHistory()
{
    m_history.add(typed());
}

bool MessageEdit::walkHistory(const QKeyEvent &key)
{
    if (key.modifiers() & ~Qt::KeypadModifier)
        return false;
    const int line = textCursor().blockNumber();
    std::optional<TypedMessage> message;
    if (key.key() == Qt::Key_Up && (line == 0 || isKeptWhole()))
        message = m_history.back(typed());
    else if (key.key() == Qt::Key_Down && (line == blockCount() - 1 || isKeptWhole()))
        message = m_history.forward(typed());
    if (!message)
        return false;
    setTyped(*message);
    moveCursor(key.key() == Qt::Key_Up ? QTextCursor::Start : QTextCursor::End);
    return true;
}

void MessageEdit::keyPressEvent(QKeyEvent *event)
{
    if (walkHistory(*event))
        return;
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && !(event->modifiers() & Qt::ShiftModifier)) {
        emit entered();
        return;
    }
    if (isKeptWhole() && (isEnter || replacesKept(*event))) {
        forgetKept();
        emit changed();
    }
    if (isEnter)
        insertPlainText(QString(u'\n')); // QPlainTextEdit would insert U+2028
    else
        GrowingEdit::keyPressEvent(event);
    if (event->text() == u'\\' && form() == MessageForm::Text)
        emit backslashTyped();
}

void MessageEdit::inputMethodEvent(QInputMethodEvent *event)
{
    if (isKeptWhole() && !event->commitString().isEmpty())
        forgetKept();
    GrowingEdit::inputMethodEvent(event);
}

void MessageEdit::changeEvent(QEvent *event)
{
    GrowingEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        markMistake();
}

#include "moc_messageedit.cpp"
