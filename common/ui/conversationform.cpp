// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversationform.h"

#include "conversation/connection.h"
#include "delayedit.h"
#include "steps/steptext.h"
#include "uitools.h"

#include <QComboBox>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QSettings>
#include <QStyle>
#include <QToolButton>

namespace {

constexpr int fieldsPerFoldRow = 2;

} // namespace

ConversationForm::ConversationForm(const std::optional<Framing> &framing, const std::optional<int> &closeDelayMs,
                                   QWidget *parent)
    : QWidget(parent)
    , m_rows(new QVBoxLayout(this))
    , m_fold(new QWidget(this))
    , m_foldLayout(new QGridLayout(m_fold))
    , m_more(new QToolButton(this))
    , m_errorRow(new QWidget(this))
    , m_errorSign(new QLabel(m_errorRow))
    , m_errorText(new QLabel(m_errorRow))
    , m_framing(new QComboBox(this))
    , m_closeDelay(new DelayEdit(this))
{
    m_rows->setContentsMargins({});
    m_foldLayout->setContentsMargins({});
    m_foldLayout->setColumnStretch(fieldsPerFoldRow * 2, 1);
    m_more->setText(tr("&More"));
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_more->setAutoRaise(true);
    m_more->setFocusPolicy(Qt::StrongFocus);
    m_more->setToolTip(tr("Show or fold what is seldom changed"));
    UiTools::describe(m_more, "moreButton", tr("More settings"));
    connect(m_more, &QToolButton::clicked, this, [this] { setFolded(!m_fold->isHidden()); });
    setFolded(true);

    auto *errorLayout = new QHBoxLayout(m_errorRow);
    errorLayout->setContentsMargins({});
    m_errorText->setTextFormat(Qt::PlainText);
    m_errorText->setWordWrap(true);
    UiTools::describe(m_errorText, "formError", tr("What is wrong in the form"));
    errorLayout->addWidget(m_errorSign);
    errorLayout->addWidget(m_errorText, 1);
    m_errorRow->hide();
    m_rows->addWidget(m_fold);
    m_rows->addWidget(m_errorRow);

    m_framing->addItem(tr("NUL"), StepText::word(Framing::Nul));
    m_framing->addItem(tr("newline"), StepText::word(Framing::Newline));
    m_framing->addItem(tr("nothing"), StepText::word(Framing::None));
    UiTools::describe(m_framing, "framingCombo", tr("Messages end with"));
    m_closeDelay->setWord(ConnectionSettings::never, tr("never"));
    m_closeDelay->setValue(ConnectionSettings().closeDelayMs);
    UiTools::describe(m_closeDelay, "closeDelayEdit", tr("Close delay"));
    addMore(tr("Messages en&d with"), m_framing,
            tr("TCP carries bytes, not messages. Both ends must agree on what ends one."));
    addMore(tr("Close after the peer's F&IN"), m_closeDelay,
            tr("How long this end stays in CLOSE-WAIT when the peer has closed first, or never."));
    addForNextStart(m_framing);
    addForNextStart(m_closeDelay);

    const auto writeFraming = [this](const QVariant &word) {
        const int index = m_framing->findData(word.toString());
        if (index >= 0)
            m_framing->setCurrentIndex(index);
    };
    m_memory.add({QStringLiteral("form/framing"), [this] { return m_framing->currentData(); }, writeFraming,
                  framing ? QVariant(QString(StepText::word(*framing))) : QVariant()});
    m_memory.add(QStringLiteral("form/closeDelayMs"), m_closeDelay,
                 closeDelayMs ? QVariant(*closeDelayMs) : QVariant());
    connect(m_framing, &QComboBox::currentIndexChanged, this, &ConversationForm::changed);
    connect(m_closeDelay, &QSpinBox::valueChanged, this, &ConversationForm::changed);
}

QHBoxLayout *ConversationForm::addRow()
{
    auto *row = new QHBoxLayout;
    m_rows->insertLayout(m_rows->count() - 2, row);
    return row;
}

void ConversationForm::addMore(const QString &label, QWidget *field, const QString &toolTip)
{
    const int index = m_foldLayout->count() / 2;
    const int row = index / fieldsPerFoldRow;
    const int column = index % fieldsPerFoldRow * 2;
    m_foldLayout->addWidget(nameField(label, field, toolTip), row, column);
    m_foldLayout->addWidget(field, row, column + 1);
}

void ConversationForm::addWideMore(const QString &label, QWidget *field, const QString &toolTip)
{
    const int row = m_foldLayout->rowCount();
    m_foldLayout->addWidget(nameField(label, field, toolTip), row, 0);
    m_foldLayout->addWidget(field, row, 1, 1, -1);
}

QLabel *ConversationForm::nameField(const QString &label, QWidget *field, const QString &toolTip)
{
    auto *name = new QLabel(label, m_fold);
    name->setBuddy(field);
    name->setToolTip(toolTip);
    field->setToolTip(toolTip);
    return name;
}

Framing ConversationForm::framing() const
{
    Framing framing = Framing::Nul;
    StepText::fromWord(m_framing->currentData().toString(), framing);
    return framing;
}

int ConversationForm::closeDelayMs() const
{
    return m_closeDelay->value();
}

void ConversationForm::setOpen(bool open, const QString &toolTip)
{
    for (QWidget *field : std::as_const(m_forNextStart)) {
        if (field->isEnabled() == open)
            continue;
        if (open) {
            field->setToolTip(field->property("ownToolTip").toString());
        } else {
            field->setProperty("ownToolTip", field->toolTip());
            field->setToolTip(toolTip);
        }
        field->setEnabled(open);
    }
}

void ConversationForm::setErrors(const QStringList &errors)
{
    m_error.clear();
    for (const QString &error : errors) {
        if (!error.isEmpty()) {
            m_error = error;
            break;
        }
    }
    if (!m_error.isEmpty() &&
        m_errorSign->pixmap().isNull()) { // not before: themes are searched for it, which takes a while
        const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
        const QIcon icon = style()->standardIcon(QStyle::SP_MessageBoxWarning);
        m_errorSign->setPixmap(icon.pixmap(QSize(size, size), devicePixelRatioF()));
    }
    m_errorText->setText(m_error);
    m_errorRow->setVisible(!m_error.isEmpty());
    emit changed();
}

void ConversationForm::setFolded(bool folded)
{
    m_fold->setVisible(!folded);
    m_more->setArrowType(folded ? Qt::RightArrow : Qt::DownArrow);
}

void ConversationForm::restore(const QSettings &settings)
{
    m_memory.restore(settings);
    setFolded(!settings.value(QStringLiteral("form/more"), false).toBool());
}

void ConversationForm::save(QSettings &settings) const
{
    m_memory.save(settings);
    settings.setValue(QStringLiteral("form/more"), !m_fold->isHidden());
}

void ConversationForm::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!enter) {
        QWidget::keyPressEvent(event);
        return;
    }
    if (m_more->hasFocus())
        m_more->click();
    else
        emit entered();
}

void ConversationForm::orderTabs(const QList<QWidget *> &first, const QList<QWidget *> &last)
{
    const QList<QWidget *> all = first + QList<QWidget *>{m_framing, m_closeDelay} + last;
    for (qsizetype i = 1; i < all.size(); ++i)
        setTabOrder(all.at(i - 1), all.at(i));
}
