// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversationform.h"

#include "checkededit.h"
#include "conversation/connection.h"
#include "delayedit.h"
#include "framingedit.h"
#include "picture/colors.h"
#include "ui/tools/uitools.h"

#include <QEvent>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QSettings>
#include <QToolButton>

#include <algorithm>

namespace {

/// The columns of the grid.
enum Column { Label, Field, SecondLabel, SecondField, Button };

} // namespace

ConversationForm::ConversationForm(const CommonOptions &options, QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
    , m_more(new QToolButton(this))
    , m_errorText(new QLabel(parent))
    , m_framing(new FramingEdit(FramingEdit::Use::Receiving, this))
    , m_sendFraming(new FramingEdit(FramingEdit::Use::Sending, this))
    , m_closeDelay(new DelayEdit(this))
    , m_readAfterMs(options.readAfterMs.value_or(ConnectionSettings().readAfterMs))
{
    m_grid->setContentsMargins({});
    m_grid->setSpacing(UiTools::grid);
    m_grid->setColumnStretch(Field, 1);
    m_more->setText(tr("&More"));
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_more->setAutoRaise(true);
    m_more->setFocusPolicy(Qt::StrongFocus);
    m_more->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_more->setToolTip(tr("Show or hide the settings that are rarely changed"));
    UiTools::describe(m_more, "moreButton", tr("More settings"));
    connect(m_more, &QToolButton::clicked, this, [this] { setFolded(!m_isFolded); });

    m_errorText->setTextFormat(Qt::PlainText);
    m_errorText->setWordWrap(true);
    m_errorText->setAutoFillBackground(true);
    m_errorText->setFrameShape(QFrame::Box);
    m_errorText->setMargin(UiTools::grid / 2);
    UiTools::describe(m_errorText, "formError", tr("Error in the form"));
    m_errorText->hide();
    setUpFold();
    rememberFold(options);
}

void ConversationForm::setUpFold()
{
    m_sendFraming->setToolTip(tr("What this end adds to the messages that it sends"));
    m_framing->setToolTip(tr("TCP carries bytes, not messages. Both ends must agree on how a message ends."));
    m_closeDelay->setWord(ConnectionSettings::never, tr("never"));
    m_closeDelay->setValue(ConnectionSettings().closeDelayMs);
    UiTools::describe(m_closeDelay, "closeDelayEdit", tr("Close delay"));
    m_closeDelay->setToolTip(
        tr("How long this end stays in CLOSE-WAIT after the peer has closed first. Never: until you close it."));
    addForNextStart(m_framing);
    addForNextStart(m_sendFraming);
    addForNextStart(m_closeDelay);
}

void ConversationForm::rememberFold(const CommonOptions &options)
{
    const auto remember = [this](const QString &key, FramingEdit *edit, const QVariant &given) {
        m_memory.add({key, [edit] { return edit->text(); },
                      [edit](const QVariant &text) { edit->setText(text.toString()); }, given});
        connect(edit, &FramingEdit::changed, this, &ConversationForm::updateErrors);
    };
    const auto given = [](const std::optional<Framing> &framing) {
        return framing ? QVariant(QString::fromLatin1(framing->text())) : QVariant();
    };
    remember(QStringLiteral("form/framing"), m_framing, given(options.framing));
    // --framing alone sets both.
    remember(QStringLiteral("form/sendFraming"), m_sendFraming,
             options.framing && !options.sendFraming ? QVariant(QString()) : given(options.sendFraming));
    m_memory.add(QStringLiteral("form/closeDelayMs"), m_closeDelay,
                 options.closeDelayMs ? QVariant(*options.closeDelayMs) : QVariant());
    connect(m_closeDelay, &QSpinBox::valueChanged, this, &ConversationForm::changed);
}

void ConversationForm::beginFold(const QString &secondLabel, QWidget *second)
{
    m_firstFolded = m_grid->rowCount();
    addRow({.label = tr("Messages end w&ith"),
            .field = m_framing,
            .secondLabel = tr("Close &delay"),
            .second = m_closeDelay});
    addRow(
        {.label = tr("Sent messages end with"), .field = m_sendFraming, .secondLabel = secondLabel, .second = second});
}

void ConversationForm::addRow(const Row &row)
{
    const int at = m_grid->count() == 0 ? 0 : m_grid->rowCount();
    if (!row.label.isEmpty())
        addLabel(row.label, row.field, at, Label);
    if (row.labelButton)
        m_grid->addWidget(row.labelButton, at, Label);
    m_grid->addWidget(row.field, at, Field, 1, row.second ? 1 : SecondField - Field + 1);
    if (row.second) {
        addLabel(row.secondLabel, row.second, at, SecondLabel);
        m_grid->addWidget(row.second, at, SecondField);
    }
    if (row.button)
        m_grid->addWidget(row.button, at, Button);
    for (QWidget *widget : {row.labelButton, row.field, row.second, row.button}) {
        if (widget)
            widget->setMinimumHeight(UiTools::rowHeight(*this));
    }
}

QLabel *ConversationForm::addLabel(const QString &text, QWidget *field, int row, int column)
{
    auto *label = new QLabel(text, this);
    label->setBuddy(field);
    label->setToolTip(field->toolTip());
    m_grid->addWidget(label, row, column);
    return label;
}

int ConversationForm::labelWidth() const
{
    int width = 0;
    for (int row = 0; row < m_grid->rowCount(); ++row) {
        const QLayoutItem *item = m_grid->itemAtPosition(row, Label);
        width = std::max(width, item && item->widget() ? item->widget()->sizeHint().width() : 0);
    }
    return width;
}

void ConversationForm::setFolded(bool folded)
{
    m_isFolded = folded;
    // Nothing moves sideways when the form unfolds.
    m_grid->setColumnMinimumWidth(Label, labelWidth());
    for (int row = m_firstFolded; row < m_grid->rowCount(); ++row) {
        for (int column = Label; column <= Button; ++column) {
            if (const QLayoutItem *item = m_grid->itemAtPosition(row, column))
                item->widget()->setVisible(!folded);
        }
    }
    m_more->setArrowType(folded ? Qt::RightArrow : Qt::DownArrow);
}

Framing ConversationForm::framing() const
{
    return m_framing->framing().value_or(Framing());
}

std::optional<Framing> ConversationForm::sendFraming() const
{
    return m_sendFraming->framing();
}

void ConversationForm::setFraming(const Framing &framing)
{
    m_framing->setText(QString::fromLatin1(framing.text()));
    m_sendFraming->setText({});
}

void ConversationForm::setDestination(const QString &host, quint16 port)
{
    Q_UNUSED(host)
    Q_UNUSED(port)
}

ConnectionSettings ConversationForm::connectionSettings() const
{
    return {.framing = framing(),
            .sendFraming = sendFraming(),
            .closeDelayMs = m_closeDelay->value(),
            .readAfterMs = m_readAfterMs};
}

void ConversationForm::setOpen(bool open, const QString &toolTip)
{
    QWidget *const focus = window()->focusWidget();
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
    if (focus && !focus->isEnabled()) {
        m_closedField = focus;
        m_focusInstead = window()->focusWidget();
    } else if (open && m_closedField) { // the attempt has failed, or the connection is over
        if (focus == m_focusInstead)
            m_closedField->setFocus();
        m_closedField.clear();
    }
}

void ConversationForm::setErrors(std::vector<FieldError> errors)
{
    m_errors = std::move(errors);
    updateErrors();
}

void ConversationForm::updateErrors()
{
    std::vector<FieldError> errors = m_errors;
    for (const FramingEdit *edit : {m_framing, m_sendFraming})
        errors.push_back({edit->parameters(), edit->error()});
    const auto wrong =
        std::find_if(errors.begin(), errors.end(), [](const FieldError &error) { return !error.sentence.isEmpty(); });
    m_error = wrong == errors.end() ? QString() : wrong->sentence;
    m_wrongField = wrong == errors.end() ? nullptr : wrong->field;
    m_errorText->setText(m_error);
    placeError();
    emit changed();
}

/// Places the error right below the field, on top of other widgets, so that nothing moves.
void ConversationForm::placeError()
{
    m_errorText->setVisible(m_wrongField != nullptr);
    if (!m_wrongField)
        return;
    colorError();
    const QWidget *window = m_errorText->parentWidget();
    const QPoint below = m_wrongField->mapTo(window, QPoint(0, m_wrongField->height() + 2));
    const int room = mapTo(window, QPoint(this->width(), 0)).x() - below.x();
    const int width = std::min(room, m_errorText->fontMetrics().horizontalAdvance(m_error) + 4 * UiTools::grid);
    m_errorText->setGeometry(below.x(), below.y(), width, m_errorText->heightForWidth(width));
    m_errorText->raise();
}

void ConversationForm::colorError()
{
    QPalette colors = palette();
    colors.setColor(QPalette::Window, colors.color(QPalette::Base));
    colors.setColor(QPalette::WindowText, Colors::of(colors).error);
    m_errorText->setPalette(colors);
}

void ConversationForm::showError()
{
    if (m_wrongField)
        m_wrongField->setFocus(Qt::OtherFocusReason);
}

void ConversationForm::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    placeError();
}

void ConversationForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colorError();
}

void ConversationForm::restore(const QSettings &settings)
{
    m_memory.restore(settings);
    setFolded(!settings.value(QStringLiteral("form/more"), false).toBool());
}

void ConversationForm::save(QSettings &settings) const
{
    m_memory.save(settings);
    settings.setValue(QStringLiteral("form/more"), !m_isFolded);
}

void ConversationForm::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!isEnter) {
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
    const QList<QWidget *> all =
        first +
        QList<QWidget *>{m_framing, m_framing->parameters(), m_closeDelay, m_sendFraming, m_sendFraming->parameters()} +
        last;
    for (qsizetype i = 1; i < all.size(); ++i)
        setTabOrder(all.at(i - 1), all.at(i));
}

#include "moc_conversationform.cpp"
