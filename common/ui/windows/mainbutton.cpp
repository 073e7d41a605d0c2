// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "mainbutton.h"

#include "ui/tools/icons.h"
#include "ui/tools/primarybutton.h"
#include "ui/tools/uitools.h"

#include <QPushButton>

namespace {

Icons::Shape shapeOf(Controls::Action action)
{
    switch (action) {
    case Controls::Action::Start:
        return Icons::Shape::Start;
    case Controls::Action::Stop:
        return Icons::Shape::Stop;
    case Controls::Action::Connect:
    case Controls::Action::Send:
        return Icons::Shape::Send;
    case Controls::Action::Cancel:
        return Icons::Shape::Close;
    }
    return Icons::Shape::None;
}

} // namespace

MainButton::MainButton(QPushButton &button)
    : m_button(button)
    , m_look(new PrimaryLook(&button))
{
    m_button.setDefault(true);
}

void MainButton::apply(const Controls &controls)
{
    UiTools::apply(&m_button, controls.main);
    m_look->set(shapeOf(controls.mainAction), controls.primary == Controls::Primary::Main);
}
