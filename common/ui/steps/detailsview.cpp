// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "detailsview.h"

#include "hexdump.h"
#include "messages/typedmessage.h"
#include "steps/shortevent.h"
#include "ui/tools/uitools.h"

#include <QBoxLayout>
#include <QDateTime>
#include <QEvent>
#include <QFontDatabase>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTabWidget>
#include <QTextEdit>
#include <QTextLayout>
#include <QTextTable>

namespace {

constexpr qsizetype headingCharacters = 80; ///< of a message; the full text is below or beside

QPlainTextEdit *contentEdit(const char *objectName, const QString &name, QWidget *parent)
{
    auto *edit = new QPlainTextEdit(parent);
    edit->setReadOnly(true);
    edit->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    edit->setTabChangesFocus(true);
    edit->setFrameShape(QFrame::NoFrame);
    UiTools::describe(edit, objectName, name);
    return edit;
}

/// Called when there is text, so that the font is not searched for and loaded at every start.
void useFixedFont(QPlainTextEdit *edit)
{
    edit->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
}

} // namespace

DetailsView::DetailsView(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QBoxLayout(QBoxLayout::LeftToRight))
    , m_facts(new QTextEdit(this))
    , m_tabs(new QTabWidget(this))
    , m_connection(new QLabel(this))
    , m_text(contentEdit("detailsText", tr("Text of the message"), this))
{
    m_facts->setReadOnly(true);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_facts->setTabChangesFocus(true);
    m_facts->setPlaceholderText(tr("Select a step to see its times, endpoints, stream offsets and bytes."));
    UiTools::describe(m_facts, "detailsFacts", tr("Details of the selected step"));
    m_facts->setFrameShape(QFrame::NoFrame);
    m_facts->document()->setDocumentMargin(fontMetrics().height() / 2.0);
    m_tabs->setDocumentMode(true);
    auto *dump = contentEdit("detailsHex", tr("Bytes of the message"), this);
    dump->setLineWrapMode(QPlainTextEdit::NoWrap);
    auto *escapes = contentEdit("detailsEscapes", tr("The message with escapes"), this);
    auto *hex = contentEdit("detailsHexDigits", tr("The message in hexadecimal digits"), this);
    addContent(m_text, tr("Text"), [this] { showText(); });
    addContent(dump, tr("Bytes"), [this, dump] { dump->setPlainText(HexDump::text(m_step->payload)); });
    addContent(escapes, tr("Escapes"),
               [this, escapes] { escapes->setPlainText(TypedMessage::withEscapes(m_step->payload)); });
    addContent(hex, tr("Hex"), [this, hex] { hex->setPlainText(TypedMessage::inHex(m_step->payload)); });
    for (QPlainTextEdit *edit : {m_text, escapes, hex})
        edit->setWordWrapMode(QTextOption::WrapAnywhere);
    UiTools::describe(m_tabs, "detailsTabs", tr("The message in all forms"));
    m_layout->setContentsMargins({});
    m_layout->addWidget(m_facts, 1);
    m_layout->addWidget(m_tabs, 1);
    m_connection->setTextFormat(Qt::PlainText);
    m_connection->setWordWrap(true);
    m_connection->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum); // whole: the rest scrolls
    m_connection->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_connection->hide();
    UiTools::describe(m_connection, "connectionFacts", tr("What the kernel knows about the connection"));
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins({});
    rows->setSpacing(2);
    rows->addLayout(m_layout, 1);
    rows->addWidget(m_connection);
    for (QWidget *scrolling : {static_cast<QWidget *>(m_facts), static_cast<QWidget *>(m_tabs)})
        scrolling->setMinimumHeight(fontMetrics().height() * 2);
    setMinimumHeight(fontMetrics().height() * 6);
    connect(m_tabs, &QTabWidget::currentChanged, this, &DetailsView::refresh);
    refresh();
}

void DetailsView::setConnectionText(const QString &text)
{
    m_connection->setText(text);
    m_connection->setVisible(!text.isEmpty());
}

void DetailsView::setStep(const std::optional<Step> &step, const QString &meaning)
{
    m_meaning = meaning;
    m_step = step;
    m_factsAreOld = true;
    for (Content &content : m_contents)
        content.isOld = true;
    refresh();
}

void DetailsView::refresh()
{
    if (!isVisible())
        return;
    showTabs();
    showFacts();
    showContent();
}

QList<std::pair<QString, QString>> DetailsView::facts(const Step &step)
{
    const QLocale locale;
    QList<std::pair<QString, QString>> facts;
    if (step.isEvent())
        facts.append({tr("Event"), StepText::word(step.kind)});
    const QDateTime wall = QDateTime::fromMSecsSinceEpoch(step.time.wallUs / 1000);
    facts.append(
        {tr("Time"),
         tr("%1 on %2", "clock, date").arg(StepText::clock(step.time), wall.toString(QStringLiteral("yyyy-MM-dd")))});
    facts.append({tr("Monotonic"), tr("%1 µs").arg(locale.toString(step.time.monotonicUs))});
    if (step.connection > 0)
        facts.append({tr("Connection"), StepText::connection(step)});
    if (!step.local.isEmpty())
        facts.append({tr("This end"), step.local});
    if (!step.peer.isEmpty())
        facts.append({tr("Peer"), step.peer});
    if (step.bytes >= 0)
        facts.append({tr("Bytes"), StepText::exactSizeExplained(step)});
    if (step.isMessage() && step.offset >= 0 && step.bytes > 0) {
        facts.append(
            {step.kind == StepKind::Send ? tr("In the sent stream") : tr("In the received stream"),
             tr("byte %1 to %2").arg(locale.toString(step.offset), locale.toString(step.offset + step.bytes - 1))});
    }
    if (step.isMessage()) {
        facts.append(
            {tr("Kept"),
             step.isCut()
                 ? tr("the first %1 of %2 bytes").arg(locale.toString(step.payload.size()), locale.toString(step.size))
                 : tr("the whole message")});
    }
    return facts;
}

void DetailsView::showFacts()
{
    if (!m_factsAreOld)
        return;
    m_factsAreOld = false;
    m_facts->clear();
    if (!m_step)
        return;
    QTextCursor cursor(m_facts->document());
    cursor.beginEditBlock();
    QTextCharFormat value;
    value.setForeground(palette().text());
    QTextCharFormat heading = value;
    heading.setFontWeight(m_step->isEvent() ? QFont::Normal : QFont::DemiBold);
    QTextCharFormat quiet;
    quiet.setForeground(UiTools::quietText(palette()));
    cursor.insertText(StepText::line(*m_step, m_step->isEvent() ? -1 : headingCharacters), heading);
    if (const QString meaning = m_meaning.isEmpty() ? StepText::meaning(*m_step) : m_meaning; !meaning.isEmpty()) {
        cursor.insertBlock();
        cursor.insertText(meaning, quiet);
    }

    const auto rows = facts(*m_step);
    const int line = fontMetrics().height();
    QTextTableFormat format;
    format.setBorder(0);
    format.setCellPadding(0);
    format.setCellSpacing(line / 7.0);
    format.setTopMargin(line / 3.0);
    format.setColumnWidthConstraints(
        {QTextLength(QTextLength::FixedLength, namesWidth(rows)), QTextLength(QTextLength::VariableLength, 0)});
    QTextTable *table = cursor.insertTable(int(rows.size()), 2, format);
    for (int row = 0; row < int(rows.size()); ++row) {
        table->cellAt(row, 0).firstCursorPosition().insertText(rows[row].first, quiet);
        table->cellAt(row, 1).firstCursorPosition().insertText(rows[row].second, value);
    }
    cursor.endEditBlock();
    m_facts->moveCursor(QTextCursor::Start);
}

/// The width of the column with the names of the facts.
int DetailsView::namesWidth(const QList<std::pair<QString, QString>> &facts) const
{
    int width = 0;
    for (const auto &[name, value] : facts)
        width = qMax(width, fontMetrics().horizontalAdvance(name));
    return width + fontMetrics().height();
}

void DetailsView::showContent()
{
    const bool hasBytes = m_step && m_step->isMessage();
    for (Content &content : m_contents) {
        if (m_tabs->currentWidget() != content.edit || !std::exchange(content.isOld, false))
            continue;
        content.edit->clear();
        if (!hasBytes)
            continue;
        useFixedFont(content.edit);
        content.fill();
    }
}

void DetailsView::addContent(QPlainTextEdit *edit, const QString &title, const std::function<void()> &fill)
{
    m_tabs->addTab(edit, title);
    m_contents.push_back({.edit = edit, .fill = fill});
}

void DetailsView::showText() const
{
    const StepText::Escaped escaped = StepText::escaped(m_step->payload);
    m_text->setPlainText(escaped.text);
    QTextCharFormat format;
    format.setBackground(UiTools::escapeBackground(palette()));
    format.setUnderlineStyle(QTextCharFormat::DotLine);
    QList<QTextLayout::FormatRange> formats;
    formats.reserve(escaped.escapes.size());
    for (const StepText::Range &range : escaped.escapes)
        formats.append({int(range.start), int(range.length), format});
    // Escaped text has no line breaks, so it is one block, whatever a peer has sent.
    const QTextBlock block = m_text->document()->firstBlock();
    block.layout()->setFormats(formats);
    m_text->document()->markContentsDirty(block.position(), block.length());
}

/// Only messages have content. Its tab comes back with the next message.
void DetailsView::showTabs()
{
    const bool hasBytes = m_step && m_step->isMessage();
    const bool factsAreTab = m_factsPlace == FactsPlace::Tab;
    if (!hasBytes && factsAreTab && m_tabs->currentWidget() != m_facts) {
        m_lastContent = m_tabs->currentWidget();
        m_tabs->setCurrentWidget(m_facts); // before the tabs are disabled one after the other
    }
    for (const Content &content : m_contents)
        m_tabs->setTabEnabled(m_tabs->indexOf(content.edit), hasBytes || !factsAreTab);
    m_tabs->setVisible(hasBytes || factsAreTab);
    if (hasBytes && m_lastContent)
        m_tabs->setCurrentWidget(std::exchange(m_lastContent, nullptr));
}

void DetailsView::placeFacts(FactsPlace place)
{
    if (m_factsPlace == place)
        return;
    if (place == FactsPlace::Tab) {
        m_tabs->insertTab(0, m_facts, tr("Step"));
        m_tabs->setCurrentIndex(0);
    } else if (m_factsPlace == FactsPlace::Tab) {
        m_tabs->removeTab(m_tabs->indexOf(m_facts));
        m_layout->insertWidget(0, m_facts, 2);
        m_facts->show();
    }
    m_layout->setDirection(place == FactsPlace::Above ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_factsPlace = place;
    refresh();
}

void DetailsView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool isNarrow = width() < fontMetrics().averageCharWidth() * 90;
    const bool isHigh = height() > fontMetrics().height() * 18;
    placeFacts(!isNarrow ? FactsPlace::Beside : isHigh ? FactsPlace::Above : FactsPlace::Tab);
}

/// The text of the facts has colours of its own.
void DetailsView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    m_factsAreOld = true;
    refresh();
}

void DetailsView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

#include "moc_detailsview.cpp"
