"""On the console: an ended session asks who is there, and somebody signs in."""


def sign_in_again(desk, login, secret):
    again = desk.get_by_role("dialog", name="请重新登录")
    again.get_by_label("账号").fill(login)
    again.get_by_label("密码").fill(secret)
    again.get_by_role("button", name="登录并继续").click()
