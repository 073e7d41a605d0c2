// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversationcontrols.h"

#include "app/program.h"
#include "steps/steptext.h"
#include "ui/forms/conversationform.h"
#include "ui/forms/messageedit.h"
#include "ui/forms/messagerow.h"
#include "ui/status/statusline.h"

#include <QPushButton>

namespace {

const auto formKey = QLatin1StringView("form");
const auto problemKey = QLatin1StringView("problem");
const auto backslashKey = QLatin1StringView("backslash");

} // namespace

ConversationControls::ConversationControls(const Parts &parts, std::function<void(WindowState &)> complete,
                                           QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_complete(std::move(complete))
    , m_main(parts.mainButton)
{
    connectParts();
}

void ConversationControls::connectParts()
{
    MessageRow *const row = &m_parts.messageRow;
    connect(&m_parts.form, &ConversationForm::changed, this, [this] {
        if (m_parts.form.error().isEmpty())
            m_parts.notices.remove(formKey);
        update();
    });
    connect(&m_parts.form, &ConversationForm::entered, this, &ConversationControls::pressMain);
    connect(&m_parts.mainButton, &QPushButton::clicked, this, [this] { press(m_controls.mainAction); });
    if (&m_parts.mainButton != row->sendButton())
        connect(row, &MessageRow::sendPressed, this, [this] { press(m_controls.sendAction); });
    connect(row, &MessageRow::messageChanged, this, [this] {
        m_parts.notices.remove(problemKey);
        m_shownProblem.clear();
        update();
    });
    connect(row, &MessageRow::entered, this, &ConversationControls::pressSend);
    connect(row, &MessageRow::refused, this, [this](const QString &sentence) {
        m_parts.notices.show({.key = QStringLiteral("refused"), .level = Notice::Level::Warning, .text = sentence});
    });
    connect(row, &MessageRow::backslashTyped, this, [this, row] {
        m_parts.notices.show({.key = backslashKey,
                              .text = tr("A backslash is sent as it is."),
                              .actions = {{tr("&Use Escapes"), [row] { row->edit()->useEscapes(); }}}});
    });
    connect(&m_parts.notices, &StatusLine::focusLost, this, [row] { row->edit()->setFocus(); });
}

void ConversationControls::update()
{
    WindowState state;
    state.formError = m_parts.form.error();
    state.message = m_parts.messageRow.message();
    state.messageError = m_parts.messageRow.mistake();
    state.sendFraming = m_parts.form.sendFraming().value_or(m_parts.form.framing());
    m_complete(state);

    m_controls = Controls::from(state);
    m_parts.messageRow.setControls(m_controls);
    m_main.apply(m_controls);
    m_parts.form.setOpen(m_controls.formIsOpen, m_controls.formToolTip);
    const bool isOpen = state.selected && state.selected->isOpen();
    m_parts.messageRow.setFraming(isOpen ? state.selected->sendFraming : state.sendFraming);
    m_parts.notices.setPending(state.selected);
    showProblem();
    emit updated(m_controls);
}

void ConversationControls::showProblem()
{
    if (m_shownProblem == m_controls.messageProblem)
        return;
    m_shownProblem = m_controls.messageProblem;
    m_parts.notices.remove(problemKey);
    if (!m_shownProblem.isEmpty())
        m_parts.notices.show(
            {.key = problemKey, .kind = Notice::Kind::Holding, .level = Notice::Level::Error, .text = m_shownProblem});
}

void ConversationControls::pressMain()
{
    const bool begins =
        m_controls.mainAction == Controls::Action::Start || m_controls.mainAction == Controls::Action::Connect;
    if (!begins)
        return;
    if (m_controls.main.enabled) {
        press(m_controls.mainAction);
        return;
    }
    const QString error = m_parts.form.error();
    if (error.isEmpty())
        return;
    m_parts.notices.show({.key = formKey, .kind = Notice::Kind::Holding, .level = Notice::Level::Error, .text = error});
    m_parts.form.showError();
}

void ConversationControls::pressSend()
{
    if (m_controls.send.enabled && m_controls.sendAction != Controls::Action::Cancel)
        press(m_controls.sendAction);
}

void ConversationControls::begin()
{
    if (const QString error = m_parts.form.error(); !error.isEmpty())
        Program::complain(StepText::escaped(error.toUtf8()).text);
    pressMain();
}

void ConversationControls::press(Controls::Action action)
{
    if (action != Controls::Action::Send) {
        emit pressed(action);
        return;
    }
    emit sent(m_parts.messageRow.message());
    m_parts.messageRow.clearForNext();
}

#include "moc_conversationcontrols.cpp"
