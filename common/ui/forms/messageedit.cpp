// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "messageedit.h"

#include "steps/steptext.h"
#include "ui/tools/uitools.h"

#include <QKeyEvent>
#include <QLabel>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QStringDecoder>
#include <QStyleOptionFrame>
#include <QTextBlock>
#include <QTextDocument>

#include <algorithm>

namespace {

constexpr qsizetype shownCharacters = 200; ///< of a message that is kept unchanged
constexpr int textMargin = 2;              ///< pixels around the text, as in a line edit

/// Returns the text if an editor can hold it without changing it.
std::optional<QString> editableText(const QByteArray &bytes)
{
    if (bytes.size() > MessageEdit::maxEditable * 4)
        return std::nullopt;
    using Flag = QStringConverter::Flag;
    QStringDecoder decoder(QStringDecoder::Utf8, Flag::Stateless | Flag::ConvertInitialBom);
    const QString text = decoder(bytes);
    const auto isChangedByEditor = [](QChar character) {
        return character.isNull() || character == u'\r' || character == QChar::ParagraphSeparator ||
               character == QChar::LineSeparator || character == QChar::ByteOrderMark || character == u'\xfdd0' ||
               character == u'\xfdd1'; // QTextDocument uses these internally
    };
    if (decoder.hasError() || text.size() > MessageEdit::maxEditable || std::ranges::any_of(text, isChangedByEditor))
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
    : QPlainTextEdit(parent)
    , m_note(new QLabel(this))
{
    setLineWrapMode(NoWrap);
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    viewport()->setAutoFillBackground(false); // the frame paints the background, as a line edit's does
    m_note->setObjectName(QStringLiteral("messageNote"));
    m_note->setAttribute(Qt::WA_TransparentForMouseEvents);
    connect(this, &QPlainTextEdit::textChanged, this, &MessageEdit::textEdited);
    fitHeight();
}

QString MessageEdit::text() const
{
    QString text;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next())
        text += (block == document()->begin() ? QString() : QString(u'\n')) + block.text();
    return text;
}

QByteArray MessageEdit::bytes() const
{
    return isKeptWhole() ? m_kept : text().toUtf8();
}

bool MessageEdit::isEmpty() const
{
    return isKeptWhole() ? m_kept.isEmpty() : document()->isEmpty();
}

void MessageEdit::setBytes(const QByteArray &bytes)
{
    const auto text = editableText(bytes);
    if (!text) {
        keepWhole(bytes);
        return;
    }
    forgetKept();
    setPlainText(*text);
}

void MessageEdit::keepWhole(const QByteArray &bytes)
{
    if (!isKeptWhole())
        m_ownToolTip = toolTip();
    m_kept = bytes;
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_isSetting = true;
    setPlainText(StepText::escaped(bytes, shownCharacters).text);
    m_isSetting = false;
    const QString size = StepText::size(bytes.size());
    setToolTip(tr("%1, kept unchanged. You cannot edit this text here; type to replace it.").arg(size));
    setAccessibleDescription(toolTip());
    emit changed();
}

void MessageEdit::forgetKept()
{
    if (!isKeptWhole())
        return;
    m_kept = QByteArray();
    m_isSetting = true;
    clear();
    m_isSetting = false;
    setReadOnly(false);
    setToolTip(m_ownToolTip);
    setAccessibleDescription({});
}

void MessageEdit::textEdited()
{
    fitHeight();
    if (m_isSetting)
        return;
    if (text().size() > maxEditable)
        keepWhole(text().toUtf8());
    else
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
        QPlainTextEdit::insertFromMimeData(source);
        return;
    }
    all.insert(isKeptWhole() ? 0 : cursor.selectionStart(), pasted);
    const QByteArray bytes = all.toUtf8();
    if (bytes.size() > maxBytes)
        emit refused(tr("The text was not pasted: the message would have %1, and its limit is 16 MiB.")
                         .arg(StepText::size(bytes.size())));
    else
        keepWhole(bytes);
}

void MessageEdit::keyPressEvent(QKeyEvent *event)
{
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
        QPlainTextEdit::keyPressEvent(event);
}

void MessageEdit::inputMethodEvent(QInputMethodEvent *event)
{
    if (isKeptWhole() && !event->commitString().isEmpty())
        forgetKept();
    QPlainTextEdit::inputMethodEvent(event);
}

/// Paints the frame of a line edit, which shows the focus.
bool MessageEdit::event(QEvent *event)
{
    if (event->type() != QEvent::Paint)
        return QPlainTextEdit::event(event);
    QPainter painter(this);
    QStyleOptionFrame frame;
    frame.initFrom(this);
    frame.lineWidth = style()->pixelMetric(QStyle::PM_DefaultFrameWidth, &frame, this);
    frame.state |= QStyle::State_Sunken;
    style()->drawPrimitive(QStyle::PE_PanelLineEdit, &frame, &painter, this);
    return true;
}

void MessageEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    placeNote();
}

void MessageEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitHeight();
}

int MessageEdit::heightOf(int lines) const
{
    return UiTools::rowHeight(*this) + (lines - 1) * fontMetrics().lineSpacing();
}

void MessageEdit::fitHeight()
{
    const int lines = std::clamp(document()->blockCount(), 1, maxLines);
    document()->setDocumentMargin(textMargin);
    setVerticalScrollBarPolicy(document()->blockCount() > maxLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    setFixedHeight(heightOf(lines));
    placeNote();
}

QSize MessageEdit::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 24, heightOf(1)};
}

QSize MessageEdit::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 10, heightOf(1)};
}

void MessageEdit::setNote(const QString &note)
{
    if (m_note->text() == note)
        return;
    m_note->setText(note);
    placeNote();
}

void MessageEdit::placeNote()
{
    const QSize size = m_note->sizeHint();
    const int gap = m_note->text().isEmpty() ? 0 : fontMetrics().averageCharWidth();
    const int room = heightOf(1) - fontMetrics().lineSpacing() - 2 * frameWidth() - 2 * textMargin;
    setViewportMargins(0, room / 2, m_note->text().isEmpty() ? 0 : size.width() + gap, room - room / 2);
    m_note->setGeometry(width() - size.width() - frameWidth() - gap, (heightOf(1) - size.height()) / 2, size.width(),
                        size.height());
    QPalette palette = this->palette();
    palette.setColor(QPalette::WindowText, UiTools::quietText(palette));
    m_note->setPalette(palette);
}

#include "moc_messageedit.cpp"
