// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ruleeditor.h"

#include "picture/colors.h"
#include "ui/forms/checkededit.h"
#include "ui/forms/delayedit.h"
#include "ui/forms/messageedit.h"
#include "ui/forms/messageformbutton.h"
#include "ui/tools/uitools.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>

#include <optional>

using namespace Qt::StringLiterals;

namespace {

/// Sizes with commas between them, or nothing.
std::optional<QList<int>> pieceSizes(const QString &text)
{
    static const QRegularExpression separators(QStringLiteral("[,;\\s]+"));
    QList<int> sizes;
    for (const QString &word : text.split(separators, Qt::SkipEmptyParts)) {
        bool isNumber = false;
        const int size = word.toInt(&isNumber);
        if (!isNumber || size < 1 || size > TypedMessage::maxBytes)
            return std::nullopt;
        sizes.append(size);
    }
    return sizes.size() <= ReplyRule::maxPieces ? std::optional(sizes) : std::nullopt;
}

QString pieceText(const QList<int> &sizes)
{
    QStringList words;
    for (const int size : sizes)
        words.append(QString::number(size));
    return words.join(QStringLiteral(", "));
}

void addLabel(QGridLayout &grid, const QString &text, QWidget *buddy, int row, int column)
{
    auto *label = new QLabel(text, buddy->parentWidget());
    label->setBuddy(buddy);
    grid.addWidget(label, row, column);
}

} // namespace

RuleEditor::RuleEditor(QWidget *parent)
    : QWidget(parent)
    , m_name(new QLineEdit(this))
    , m_when(new QComboBox(this))
    , m_message(new MessageEdit(this))
    , m_messageForm(new MessageFormButton(m_message, {}, this))
    , m_expression(new QLineEdit(this))
    , m_asText(new QCheckBox(tr("As te&xt"), this))
    , m_time(new DelayEdit(this))
    , m_whenError(new QLabel(this))
    , m_answer(new QComboBox(this))
    , m_reply(new MessageEdit(this))
    , m_replyForm(new MessageFormButton(m_reply, {}, this))
    , m_replyError(new QLabel(this))
    , m_useEscapes(new QPushButton(tr("&Use Escapes"), this))
    , m_then(new QComboBox(this))
    , m_to(new QComboBox(this))
    , m_delay(new DelayEdit(this))
    , m_often(new QComboBox(this))
    , m_times(new QSpinBox(this))
    , m_pieces(new CheckedEdit(this))
    , m_gap(new DelayEdit(this))
{
    createFields();
    createLimits();
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->setSpacing(UiTools::grid);
    addWhen(*grid);
    addReply(*grid);
    setFocusProxy(m_name);
    connectFields();
    setRule({});
}

void RuleEditor::createFields()
{
    UiTools::describe(m_name, "ruleName", tr("Name"));
    m_name->setPlaceholderText(tr("for events and this list"));
    UiTools::describe(m_when, "ruleWhen", tr("When"));
    m_when->addItems({tr("a message equals"), tr("a message contains"), tr("a message begins with"),
                      tr("a message matches the expression"), tr("a connection is accepted"), tr("nothing comes for"),
                      tr("regularly, every")}); // as ReplyRule::When
    UiTools::describe(m_message, "ruleMessage", tr("Bytes to compare with"));
    UiTools::describe(m_messageForm, "ruleMessageForm", tr("How the bytes are read"));
    UiTools::describe(m_expression, "ruleExpression", tr("Regular expression"));
    m_expression->setPlaceholderText(QStringLiteral("^MEAS\\? (\\d+)"));
    UiTools::describe(m_asText, "ruleAsText", tr("As text"));
    m_asText->setToolTip(tr("The expression sees characters of UTF-8. Otherwise each byte is one character."));
    UiTools::describe(m_time, "ruleTime", tr("Time"));
    UiTools::describe(m_whenError, "ruleWhenError", tr("Mistake in the condition"));
    UiTools::describe(m_answer, "ruleAnswer", tr("Reply"));
    m_answer->addItems({tr("nothing"), tr("the same message (echo)"), tr("this message")}); // as ReplyRule::Answer
    UiTools::describe(m_reply, "ruleReply", tr("Message of the reply"));
    UiTools::describe(m_replyForm, "ruleReplyForm", tr("How the reply is read"));
    UiTools::describe(m_replyError, "ruleReplyError", tr("Mistake in the reply"));
    m_useEscapes->setObjectName(QStringLiteral("ruleUseEscapes"));
    m_useEscapes->setAutoDefault(false); // Enter belongs to the fields
    m_useEscapes->setToolTip(
        tr("Read what is typed as escapes, so that \\g{1} becomes what the expression has captured."));
    UiTools::describe(m_then, "ruleThen", tr("Then"));
    m_then->addItems({tr("nothing"), tr("close"), tr("half-close"), tr("reset")}); // as ReplyRule::Then
    UiTools::describe(m_to, "ruleTo", tr("Sent to"));
    m_to->addItems({tr("the sender"), tr("all connections")}); // as ReplyRule::To
    for (QLabel *label : {m_whenError, m_replyError}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        label->setMinimumHeight(2 * fontMetrics().lineSpacing()); // nothing moves
        UiTools::setTextColor(label, &Colors::error);
    }
}

void RuleEditor::createLimits()
{
    m_time->setMinimum(1);
    UiTools::describe(m_delay, "ruleDelay", tr("After"));
    m_delay->setToolTip(tr("Time between the message and the reply"));
    UiTools::describe(m_often, "ruleOften", tr("How often"));
    m_often->addItems({tr("always"), tr("only the first"), tr("from time")}); // as ReplyRule::Often
    m_often->setToolTip(tr("Counted over all connections"));
    UiTools::describe(m_times, "ruleTimes", tr("Number of times"));
    m_times->setRange(1, ReplyRule::maxTimes);
    UiTools::describe(m_pieces, "rulePieces", tr("Sizes of the pieces"));
    m_pieces->setPlaceholderText(tr("one piece"));
    m_pieces->setToolTip(tr("Sends the reply in pieces of these sizes in bytes, such as 1, 2. The last one repeats."));
    m_pieces->setCheck([](const QString &text) {
        return pieceSizes(text) ? QString()
                                : tr("Enter up to %1 sizes in bytes, such as 1, 2.").arg(ReplyRule::maxPieces);
    });
    UiTools::describe(m_gap, "ruleGap", tr("Time between the pieces"));
}

void RuleEditor::addWhen(QGridLayout &grid)
{
    addLabel(grid, tr("&Name"), m_name, 0, 0);
    grid.addWidget(m_name, 0, 1, 1, 3);
    addLabel(grid, tr("&When"), m_when, 1, 0);
    grid.addWidget(m_when, 1, 1, 1, 3);
    grid.addWidget(m_message, 2, 1, 1, 2); // one of these is visible
    grid.addWidget(m_expression, 2, 1, 1, 2);
    grid.addWidget(m_time, 2, 1, 1, 2);
    grid.addWidget(m_messageForm, 2, 3);
    grid.addWidget(m_asText, 2, 3);
    grid.setRowMinimumHeight(2, UiTools::rowHeight(*this));
    grid.addWidget(m_whenError, 3, 1, 1, 3);
    grid.setColumnStretch(1, 1);
    grid.setColumnStretch(3, 1);
}

void RuleEditor::addReply(QGridLayout &grid)
{
    addLabel(grid, tr("Rep&ly"), m_answer, 4, 0);
    grid.addWidget(m_answer, 4, 1, 1, 3);
    grid.addWidget(m_reply, 5, 1, 1, 2);
    grid.addWidget(m_replyForm, 5, 3);
    grid.addWidget(m_replyError, 6, 1, 1, 2);
    grid.addWidget(m_useEscapes, 6, 3, Qt::AlignLeft | Qt::AlignTop);
    addLabel(grid, tr("&Then"), m_then, 7, 0);
    grid.addWidget(m_then, 7, 1);
    addLabel(grid, tr("&Sent to"), m_to, 7, 2);
    grid.addWidget(m_to, 7, 3);
    addLabel(grid, tr("A&fter"), m_delay, 8, 0);
    grid.addWidget(m_delay, 8, 1);
    addLabel(grid, tr("&Pieces"), m_pieces, 9, 0);
    grid.addWidget(m_pieces, 9, 1);
    addLabel(grid, tr("&Gap"), m_gap, 9, 2);
    grid.addWidget(m_gap, 9, 3);
    addLabel(grid, tr("&How often"), m_often, 10, 0);
    grid.addWidget(m_often, 10, 1);
    addLabel(grid, tr("Ti&mes"), m_times, 10, 2);
    grid.addWidget(m_times, 10, 3);
    grid.setRowStretch(11, 1);
}

void RuleEditor::connectFields()
{
    connect(m_name, &QLineEdit::textChanged, this, &RuleEditor::change);
    connect(m_expression, &QLineEdit::textChanged, this, &RuleEditor::change);
    connect(m_asText, &QCheckBox::toggled, this, &RuleEditor::change);
    connect(m_pieces, &CheckedEdit::checked, this, &RuleEditor::change);
    for (const MessageEdit *edit : {m_message, m_reply})
        connect(edit, &MessageEdit::changed, this, &RuleEditor::change);
    connect(m_useEscapes, &QPushButton::clicked, m_reply, &MessageEdit::useEscapes);
    connect(m_message, &MessageEdit::refused, m_whenError, &QLabel::setText);
    connect(m_reply, &MessageEdit::refused, m_replyError, &QLabel::setText);
    for (const QComboBox *combo : {m_when, m_answer, m_then, m_to, m_often})
        connect(combo, &QComboBox::currentIndexChanged, this, &RuleEditor::change);
    for (const QSpinBox *box : std::initializer_list<QSpinBox *>{m_time, m_delay, m_gap, m_times})
        connect(box, &QSpinBox::valueChanged, this, &RuleEditor::change);
}

void RuleEditor::change()
{
    if (m_isSetting)
        return;
    m_isSetting = true; // what a reply can capture may change
    m_rule = rule();
    showWhatMatters(m_rule);
    m_isSetting = false;
    showMistakes(m_rule);
    emit edited();
}

void RuleEditor::setRule(const ReplyRule &rule)
{
    m_isSetting = true;
    m_rule = rule;
    m_name->setText(rule.name);
    m_when->setCurrentIndex(int(rule.when));
    m_message->setTyped(rule.message);
    m_expression->setText(rule.expression);
    m_asText->setChecked(rule.asText);
    m_time->setValue(rule.ms);
    m_answer->setCurrentIndex(int(rule.answer));
    m_reply->setTyped(rule.reply);
    m_then->setCurrentIndex(int(rule.then));
    m_to->setCurrentIndex(int(rule.to));
    m_delay->setValue(rule.delayMs);
    m_pieces->setText(pieceText(rule.pieces));
    m_gap->setValue(rule.gapMs);
    m_often->setCurrentIndex(int(rule.often));
    m_times->setValue(rule.times);
    showWhatMatters(rule);
    m_isSetting = false;
    showMistakes(rule);
}

ReplyRule RuleEditor::rule() const
{
    ReplyRule rule = m_rule;
    rule.name = m_name->text();
    rule.when = ReplyRule::When(m_when->currentIndex());
    rule.message = m_message->typed();
    rule.expression = m_expression->text();
    rule.asText = m_asText->isChecked();
    rule.ms = m_time->value();
    rule.answer = ReplyRule::Answer(m_answer->currentIndex());
    rule.reply = m_reply->typed();
    rule.then = ReplyRule::Then(m_then->currentIndex());
    rule.to = ReplyRule::To(m_to->currentIndex());
    rule.delayMs = m_delay->value();
    rule.pieces = pieceSizes(m_pieces->text()).value_or(m_rule.pieces);
    rule.gapMs = m_gap->value();
    rule.often = ReplyRule::Often(m_often->currentIndex());
    rule.times = m_times->value();
    return rule;
}

void RuleEditor::showWhatMatters(const ReplyRule &rule)
{
    const bool isExpression = rule.when == ReplyRule::When::Matches;
    const bool isCompared = !isExpression && !rule.isEvent();
    m_message->setVisible(isCompared);
    m_messageForm->setVisible(isCompared);
    m_expression->setVisible(isExpression);
    m_asText->setVisible(isExpression);
    m_time->setVisible(rule.isTimed());
    m_reply->setLastGroup(rule.lastGroup());
    const bool isMessage = rule.answer == ReplyRule::Answer::Message;
    m_reply->setEnabled(isMessage);
    m_replyForm->setEnabled(isMessage);
    const bool sends = rule.answer != ReplyRule::Answer::None;
    m_to->setEnabled(sends);
    m_pieces->setEnabled(sends);
    m_gap->setEnabled(sends && !rule.pieces.isEmpty());
    m_times->setEnabled(rule.often != ReplyRule::Often::Always);
}

void RuleEditor::showMistakes(const ReplyRule &rule)
{
    QString when;
    QString reply = m_pieces->error();
    for (const ReplyRule::Mistake &mistake : rule.mistakes()) {
        const bool isOfWhen =
            mistake.field == "message"_L1 || mistake.field == "expression"_L1 || mistake.field == "ms"_L1;
        QString &sentence = isOfWhen ? when : reply;
        if (sentence.isEmpty())
            sentence = mistake.sentence;
    }
    const TypedMessage &message = rule.reply;
    const bool hasBackslash =
        rule.answer == ReplyRule::Answer::Message && message.form == MessageForm::Text && message.text.contains(u'\\');
    if (hasBackslash && reply.isEmpty())
        reply = tr("A backslash is sent as it is.");
    m_useEscapes->setVisible(hasBackslash);
    m_whenError->setText(when);
    m_replyError->setText(reply);
}

#include "moc_ruleeditor.cpp"
